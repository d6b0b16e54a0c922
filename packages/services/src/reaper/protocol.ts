/** A program as the reaper starts it: nothing is left to look up. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly stopSignal: NodeJS.Signals;
  /** Milliseconds between that signal and SIGKILL (default 5000). */
  readonly graceMs?: number;
}

/** Order of the owner to its reaper. */
export type Order =
  /** Run to the end. */
  | { readonly type: 'run'; readonly id: number; readonly program: Program; readonly timeoutMs: number }
  /** Start a server whose output goes to `logFile`. */
  | { readonly type: 'start'; readonly id: number; readonly program: Program; readonly logFile: string }
  /** Outlive the owner until a stop file appears in the folder. */
  | { readonly type: 'release'; readonly id: number };

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Report of the reaper to its owner. */
export type Report =
  | { readonly type: 'ready' }
  /** The folder could not be made; the reaper ends. */
  | { readonly type: 'refused'; readonly message: string }
  | ({
      readonly type: 'ran';
      readonly id: number;
      readonly output: string;
      readonly timedOut: boolean;
    } & Ending)
  | { readonly type: 'started'; readonly id: number; readonly pid: number }
  | { readonly type: 'released'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | ({ readonly type: 'exited' } & Ending);

/** File in a reaper's folder that names the processes it belongs to. */
export const OWNER_FILE = 'owner.json';

/** File in a released reaper's folder that ends it. */
export const STOP_FILE = 'stop';

/** Content of {@link OWNER_FILE}. */
export interface Owner {
  /** Process id of the reaper. */
  readonly reaper: number;
  /** Process id of the server, once it runs. */
  readonly server?: number;
  /** Where these ids count: sandboxes that share a folder for temporary files may number processes on their own. */
  readonly namespace?: string;
}
