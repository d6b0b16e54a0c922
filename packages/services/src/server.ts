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
  /** The server's process, for one that was started from a program. */
  readonly program?: ServerProgram;
  /** Folder that is the server's, for one that was started from a program. */
  readonly folder?: string;
}

/** The process of a server that was started here. */
export interface ServerProgram {
  /** Process id of the one started last. */
  pid(): number | undefined;
  /** Settles when the one started last has ended. */
  exited(): Promise<void>;
  /** Starts it again, on the same port and data, once it has ended; settles when it answers. */
  start(): Promise<void>;
}
