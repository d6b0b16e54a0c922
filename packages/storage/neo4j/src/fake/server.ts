import { type ConnectionFault, Faults, type StatementMatch, type WireError } from './faults.js';
import { MemoryGraph } from './graph.js';
import { Session, type SessionContext } from './session.js';
import { runStatement } from './statements.js';
import { MemorySocket } from './stream.js';

/** How a `MemoryNeo4j` greets its clients. */
export interface MemoryNeo4jOptions {
  /** Asked for at every login; default: everybody is let in. */
  readonly password?: string;
  /** User that it belongs to; default `neo4j`. */
  readonly username?: string;
}

/** Requests that drivers waited for, by kind; logins are not counted. */
export interface RequestCounts {
  /** Statements, each with its result. */
  readonly run: number;
  /** Connections cleaned up after a failure or a statement given up. */
  readonly reset: number;
  /** Routing tables. */
  readonly route: number;
}

/**
 * A Neo4j inside this process: the driver talks Bolt to it through the adapter's `driver.stream`, with no socket.
 *
 * It knows the statements that the adapter sends, word for word, and none besides: any other is an error.
 */
export class MemoryNeo4j {
  /** Address for the adapter's `url`; with `neo4j://` in front it routes to itself. */
  readonly host = 'memory';
  /** Name of its only database. */
  readonly database = 'neo4j';
  readonly #faults = new Faults();
  readonly #graph = new MemoryGraph();
  readonly #sessions = new Set<Session>();
  readonly #context: SessionContext;
  #counts: RequestCounts = { run: 0, reset: 0, route: 0 };

  constructor({ username = 'neo4j', password }: MemoryNeo4jOptions = {}) {
    this.#context = {
      faults: this.#faults,
      address: `${this.host}:7687`,
      database: this.database,
      refuses: ({ principal, credentials }) =>
        password === undefined || (principal === username && credentials === password)
          ? undefined
          : UNAUTHORIZED,
      run: (cypher, parameters) => runStatement(this.#graph, cypher, parameters),
      requested: (kind) => {
        const name = kind.toLowerCase() as keyof RequestCounts;
        this.#counts = { ...this.#counts, [name]: this.#counts[name] + 1 };
      },
      ended: (session) => this.#sessions.delete(session),
    };
  }

  /** Makes one connection; give this to the adapter as `driver.stream`. */
  readonly stream = (): MemorySocket => {
    const session = new Session(this.#context);
    this.#sessions.add(session);
    return new MemorySocket(session);
  };

  /** Connections that are open now. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Requests since the start. */
  get requests(): RequestCounts {
    return this.#counts;
  }

  /** Answers the next matching statements with an error instead of running them. */
  fail(match: StatementMatch, error: WireError, times = 1): void {
    this.#faults.plant(match, { kind: 'error', error }, times);
  }

  /** Resets the connection at the next matching statements: before they run, or after they ran and before the reply. */
  drop(match: StatementMatch, when: 'before' | 'after', times = 1): void {
    this.#faults.plant(match, { kind: 'drop', when }, times);
  }

  /** Makes the next matching statement wait until the driver gives it up; resolves when it has arrived. */
  hold(match: StatementMatch): Promise<void> {
    return new Promise((reached) => this.#faults.plant(match, { kind: 'hold', reached }));
  }

  /** Reads requests, applies nothing and never answers, until `recover`. */
  silence(): void {
    this.#faults.silent = true;
  }

  /** Lets every new connection fail until `recover`. */
  refuse(fault: ConnectionFault): void {
    this.#faults.connection = fault;
  }

  /** Breaks all connections; resolves when the drivers know. */
  async resetAll(): Promise<void> {
    for (const session of this.#sessions) session.reset('ECONNRESET');
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Forgets all planted faults. */
  recover(): void {
    this.#faults.clear();
  }

  /** Removes all entities of a namespace, with their relationships. */
  removeNamespace(namespace: string): void {
    this.#graph.removeNamespace(namespace);
  }
}

const UNAUTHORIZED: WireError = {
  code: 'Neo.ClientError.Security.Unauthorized',
  message: 'The client is unauthorized due to authentication failure.',
};
