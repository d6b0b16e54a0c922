/** Variables that lead to a server. */
export type ServiceVariables = Readonly<Record<string, string | undefined>>;

/** A part of a server to make for one test file. */
export interface FreshRequest {
  /** Variables that lead to the server. */
  readonly variables: ServiceVariables;
  /** Name of the part, unused so far: 29 characters of `a-z`, `0-9` and `_` that begin with a letter. */
  readonly name: string;
  /** What the part is copied from, made once for all files of a run; absent where the part begins empty. */
  readonly template?: FreshTemplate;
  /** Milliseconds until the part is there, those of the template not counted. */
  readonly timeoutMs: number;
}

/** What the parts of one run are copied from. */
export interface FreshTemplate {
  /** Its name, the same in every process of the run. */
  readonly name: string;
  /** Fills it; called once a run. */
  migrate(variables: ServiceVariables): Promise<void>;
}

/** Names of parts that are no longer needed. */
export interface FreshNames {
  /** What each of them begins with, to list no others. */
  readonly prefix: string;
  /** Whether a database, a collection, a key or a label belongs to one of them, by its whole name. */
  includes(name: string): boolean;
}

/** How test files get parts of one server for themselves; a backend's definition has it as `fresh`. */
export interface ServiceFresh {
  /**
   * Makes a part and returns the variables that lead to it alone. Absent where nothing needs to be made: the part is then
   * everything whose name begins with the part's.
   */
  create?(request: FreshRequest): Promise<Readonly<Record<string, string>>>;
  /** Removes parts with all they hold; does nothing where there is none. */
  remove(variables: ServiceVariables, names: FreshNames, timeoutMs: number): Promise<void>;
}
