/** The server that a backend's requests go to, by OpenTelemetry's conventions for databases; holds nothing secret. */
export interface StorageTarget {
  /** The product as `db.system.name` has it, such as `postgresql`. */
  readonly system: string;
  /** The host that the configuration names; of several, the first. */
  readonly address?: string | undefined;
  /** The host's port. */
  readonly port?: number | undefined;
  /** The database, and the schema where there are schemas. */
  readonly namespace?: string | undefined;
  /** The table, collection or label of the records. */
  readonly collection?: string | undefined;
}
