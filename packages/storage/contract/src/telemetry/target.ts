/** Where the requests of a backend go, in OpenTelemetry's words for databases; holds nothing secret. */
export interface StorageTarget {
  /** The product as `db.system.name` has it, such as `postgresql`. */
  readonly system: string;
  /** Host that the configuration names; of several, the first. */
  readonly address?: string | undefined;
  /** Its port. */
  readonly port?: number | undefined;
  /** Database, and schema where there are schemas. */
  readonly namespace?: string | undefined;
  /** Table, collection or label of the records. */
  readonly collection?: string | undefined;
}
