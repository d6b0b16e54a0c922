import { ownFrame } from './caller-frame.js';

/** A variable that the project's own code read. */
export interface NotedRead {
  readonly name: string;
  /** Stack line of the first place. */
  readonly frame: string;
}

/** Names that say where a run is and not what it tests, and those that Nx hashes for every offline level. */
const KNOWN =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|PWD|OLDPWD|TMPDIR|TMP|TEMP|HOSTNAME|CI|TZ|LANG|LC_ALL|FORCE_COLOR|NO_COLOR|TEST|MODE|DEV|PROD|SSR|BASE_URL|SystemRoot|APPDATA|LOCALAPPDATA|USERPROFILE|ComSpec|PATHEXT|(?:NODE|NX|npm|VITEST|DRYDOCK|XDG)_.*|VITEST|NODE)$/i;

/** How variables are named; JSON and matchers ask an object for names of other kinds. */
const NAME = /^(?:[A-Z_][A-Z0-9_]*|[a-z0-9]+(?:_[a-z0-9]+)+)$/;

/** Taken now, because a test may replace it. */
const later = queueMicrotask;

/** A library may read one name often before the project does. */
const MOST_LOOKS = 20;

/** Notes which variables the project's own files read: by name, not with all others at once, and not what a test has set. */
export class NotedReads {
  readonly #isBlocked: (name: string) => boolean;
  readonly #looks = new Map<string, number>();
  readonly #reads = new Map<string, string>();
  readonly #described = new Set<string>();

  constructor(isBlocked: (name: string) => boolean = () => false) {
    this.#isBlocked = isBlocked;
  }

  /** What was read so far. */
  get all(): NotedRead[] {
    return [...this.#reads].map(([name, frame]) => ({ name, frame }));
  }

  /** A copy of the whole environment describes each variable before it reads it, in one go. */
  describe(name: string): void {
    if (this.#described.size === 0) later(() => this.#described.clear());
    this.#described.add(name);
  }

  /** What a test sets itself does not depend on the environment. */
  set(name: string): void {
    this.#looks.set(name, MOST_LOOKS);
  }

  read(name: string): void {
    const isCopied = this.#described.delete(name);
    const looks = this.#looks.get(name) ?? 0;
    if (isCopied || looks >= MOST_LOOKS || this.#reads.has(name)) return;
    this.#looks.set(name, looks + 1);
    const counts = NAME.test(name) && !KNOWN.test(name) && !this.#isBlocked(name);
    const frame = counts ? ownFrame() : undefined;
    if (!counts) this.set(name);
    if (frame !== undefined) this.#reads.set(name, frame);
  }
}
