import type { StorageQuery, StorageRecord } from '../../records/record.js';
import { type CaseOptions, type CollectedCase, collectCases, NotApplicable } from '../framework/index.js';
import type { ConformanceOptions } from '../options.js';
import { Suite } from '../suite.js';
import { everyCase } from './every-case.js';
import { findCapabilities } from './find-capabilities.js';
import { formatMatrix } from './matrix.js';
import type { CaseResult, ConformanceReport } from './report.js';

/** One case, for any test framework or none. */
export interface ConformanceCase {
  /** Titles of its groups, outermost first. */
  readonly path: readonly string[];
  readonly name: string;
  /** Its longest time, and its tags. */
  readonly options: CaseOptions;
  /** Runs the case: rejects where it does not hold, and resolves with the reason where it does not apply. */
  run(): Promise<string | undefined>;
}

/** What is left out without an option. */
const OPTIONAL = {
  faults: 'a server that fails',
  corrupt: 'a stored record that cannot be read',
  namespaces: 'what killed runs left',
  authenticates: 'a wrong password',
  secrets: 'secrets that must not show',
} as const satisfies Partial<Record<keyof ConformanceOptions<never, never, never>, string>>;

/** The cases for one backend, and what became of them. */
export class ConformanceSuite<R extends StorageRecord, Q extends StorageQuery, Item> {
  readonly cases: readonly ConformanceCase[];
  readonly #options: ConformanceOptions<R, Q, Item>;
  readonly #suite: Suite;
  readonly #results: CaseResult[] = [];

  constructor(options: ConformanceOptions<R, Q, Item>) {
    this.#options = options;
    // The cases know records by their id alone; what else a record holds is the backend's business.
    this.#suite = new Suite(options) as unknown as Suite;
    this.cases = collectCases(() => everyCase(this.#suite))
      .filter((one) => this.#unmet(one) === undefined)
      .map((one) => ({ ...one, run: () => this.#run(one) }));
  }

  /** Connects, and finds out what was not declared; before the first case. */
  async begin(): Promise<void> {
    await this.#suite.begin();
    this.#suite.capabilities = await findCapabilities(this.#suite);
  }

  /** Disconnects, removes what the cases stored and reports; after the last case. */
  async end(): Promise<void> {
    await this.#suite.end();
    if (this.#options.report) this.#options.report(this.report());
    else console.log(formatMatrix(this.report()));
  }

  /** What became of the cases that ran. */
  report(): ConformanceReport {
    const { capabilities, connectedCapabilities } = this.#suite;
    const missing = Object.entries(OPTIONAL).filter(
      ([name]) => !this.#options[name as keyof typeof OPTIONAL],
    );
    return {
      name: this.#options.name,
      results: [...this.#results],
      capabilities: { ...capabilities, ...connectedCapabilities },
      notTried: Object.fromEntries(missing),
    };
  }

  async #run(one: CollectedCase): Promise<string | undefined> {
    const note = (outcome: CaseResult['outcome'], reason?: string) =>
      this.#results.push({
        path: one.path,
        name: one.name,
        outcome,
        ...(reason !== undefined && { reason }),
      });
    const unmet = this.#unmet(one);
    if (unmet !== undefined) {
      note('not applicable', unmet);
      return unmet;
    }
    try {
      await one.body();
      note('holds');
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof NotApplicable) {
        note('not applicable', reason);
        return reason;
      }
      note('fails', reason);
      throw error;
    } finally {
      await this.#suite.afterCase();
    }
  }

  /** What the backend is not like, by what is known by now. */
  #unmet({ needs }: CollectedCase): string | undefined {
    const known: Readonly<Record<string, unknown>> = this.#suite.capabilities;
    const name = Object.entries(needs).find(([name, value]) => (known[name] ?? value) !== value)?.[0];
    return name && `its \`${name}\` is ${known[name]}`;
  }
}
