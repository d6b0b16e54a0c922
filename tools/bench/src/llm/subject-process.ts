import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ASK = fileURLToPath(new URL('subject-program.js', import.meta.url));
const LIMIT_MS = 120_000;

/** Where the calls of a subject go. */
export interface Link {
  /** Absent for a fetch that answers at once. */
  readonly origin?: string | undefined;
  /** File with the certificate to trust. */
  readonly trusted?: string | undefined;
}

/** A process in which one subject makes its calls: what another library compiles or keeps must not weigh on it. */
export class SubjectProcess {
  readonly #name: string;
  readonly #child: ChildProcess;

  /** Resolves once the subject has made so many calls that nothing is left to compile. */
  static async start(name: string, { origin = '', trusted }: Link): Promise<SubjectProcess> {
    const env = { ...process.env, ...(trusted !== undefined && { NODE_EXTRA_CA_CERTS: trusted }) };
    const subject = new SubjectProcess(name, fork(ASK, [name, origin], { env, execArgv: [] }));
    await subject.#answer();
    return subject;
  }

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
  }

  /** Microseconds of processor time that each of the next calls takes. */
  async batch(calls: number): Promise<number> {
    this.#child.send(calls);
    const microseconds = await this.#answer();
    if (microseconds > 0) return microseconds;
    throw new Error(`${this.#name} could not be measured.`);
  }

  stop(): void {
    this.#child.kill();
  }

  async #answer(): Promise<number> {
    const given = new AbortController();
    const signal = AbortSignal.any([given.signal, AbortSignal.timeout(LIMIT_MS)]);
    const ended = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${this.#name} ended with code ${code}.`);
    });
    ended.catch(() => {});
    try {
      const [answer] = await Promise.race([once(this.#child, 'message', { signal }), ended]);
      return answer as number;
    } finally {
      given.abort();
    }
  }
}
