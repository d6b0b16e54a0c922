import { MemoryServer, type MemorySocket } from '@drydock/storage/testing';
import { MemoryGraph } from './graph.js';
import type { PlantedReply, WireError } from './messages.js';
import type { PackValue } from './packstream.js';
import { Session, type SessionContext } from './session.js';
import { runStatement } from './statements.js';

/** How a `FakeNeo4j` is made. */
export interface FakeNeo4jOptions {
  /** Password; default: everybody is accepted. */
  readonly password?: string;
  /** User that has the password; default `neo4j`. */
  readonly username?: string;
}

const ADDRESS = 'memory:7687';
const UNAUTHORIZED: WireError = {
  code: 'Neo.ClientError.Security.Unauthorized',
  message: 'The client is unauthorized due to authentication failure.',
};

/**
 * A Neo4j 5.26 inside this process: the driver talks Bolt to it over byte streams in memory, with no socket.
 *
 * It knows the statements that the adapter sends, word for word; any other is an error. A request is a statement, matched
 * by its Cypher, or `handshake`, `ROUTE` or `RESET`; the last one stops a statement that was given up.
 */
export class FakeNeo4j extends MemoryServer<PlantedReply> {
  /** Version that clients see. */
  readonly version = '5.26.0';
  readonly #login: { readonly username: string; readonly password: string | undefined };
  readonly #graph = new MemoryGraph();
  readonly #context: SessionContext;

  constructor({ username = 'neo4j', password }: FakeNeo4jOptions = {}) {
    super();
    this.#login = { username, password };
    this.#context = {
      address: ADDRESS,
      database: 'neo4j',
      version: this.version,
      greet: this.greet,
      serve: this.serve,
      refuses: ({ principal, credentials }) =>
        password === undefined || (principal === username && credentials === password)
          ? undefined
          : UNAUTHORIZED,
      run: (cypher, parameters) => runStatement(this.#graph, cypher, parameters),
    };
  }

  /** Options with which an adapter reaches this server; with `neo4j:` instead of `bolt:` it routes to itself. */
  get config(): {
    readonly url: string;
    readonly username: string;
    readonly password?: string;
    readonly driver: FakeDriver;
  } {
    const { username, password } = this.#login;
    const login = { username, ...(password !== undefined && { password }) };
    return { url: `bolt://${ADDRESS}`, ...login, driver: this.driver };
  }

  /** Options for the adapter's `driver`, whose connections then all lead here. */
  readonly driver: FakeDriver = { stream: () => this.dial().connect() };

  /** Removes all entities of a namespace, with their relationships. */
  removeNamespace(namespace: string): void {
    this.#graph.removeNamespace(namespace);
  }

  /** Sets a property of an entity, as another program might. */
  setProperty(namespace: string, id: string, name: string, value: PackValue): void {
    const node = this.#graph.node(namespace, id);
    if (node) node.properties = { ...node.properties, [name]: value };
  }

  protected override accept(socket: MemorySocket): void {
    new Session(this.#context, socket);
  }
}

/** Options for the adapter's `driver`. */
interface FakeDriver {
  stream(): MemorySocket;
}
