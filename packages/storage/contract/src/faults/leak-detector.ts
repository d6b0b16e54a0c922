import { everyView } from '../conformance/every-view.js';

/** Planted in every record. */
export const CANARY_PAYLOAD = 'canary-payload-6e1fd0';
/** What every password of a server made to fail begins with. */
export const CANARY_SECRET = 'canary-secret-c93b27';

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const;

/** Examines everything that is thrown, shown or logged, and records where a secret or a payload was seen. */
export class LeakDetector {
  readonly #secrets = new Set([CANARY_PAYLOAD, CANARY_SECRET]);
  readonly #leaks: string[] = [];
  #examined = 0;

  /** Adds secrets that must not be seen either. */
  know(secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** Examines a value in every form in which it may be shown. */
  examine(where: string, ...values: readonly unknown[]): void {
    for (const text of values.flatMap(everyView)) this.#look(where, text);
  }

  /** Examines all that is written to the console and the standard streams until the returned function is called. */
  listen(): () => void {
    const undo = [
      ...CONSOLE.map((name) => this.#tap(console, name)),
      this.#tap(process.stdout, 'write'),
      this.#tap(process.stderr, 'write'),
    ];
    return () => {
      for (const restore of undo) restore();
    };
  }

  /** Where a secret or a payload was seen, and how many texts were examined. */
  report(): { readonly leaks: readonly string[]; readonly examined: number } {
    return { leaks: [...new Set(this.#leaks)], examined: this.#examined };
  }

  #look(where: string, text: string): void {
    this.#examined += 1;
    for (const secret of this.#secrets) if (text.includes(secret)) this.#leaks.push(where);
  }

  #tap(target: object, name: string): () => void {
    const own = Reflect.get(target, name) as (...args: unknown[]) => unknown;
    const tapped = (...args: unknown[]) => {
      this.examine(`the log (${name})`, ...args);
      return own.apply(target, args);
    };
    Reflect.set(target, name, tapped);
    return () => Reflect.set(target, name, own);
  }
}
