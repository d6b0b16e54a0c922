/** A server that was found or started, before it is handed out as a service. */
export interface Server {
  readonly provenance: string;
  readonly version: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Lets it outlive this process; absent where that is not possible or needs nothing. */
  release?(): Promise<void>;
  /** Folder that is the server's, for one that was started from a program. */
  readonly folder?: string;
}
