import type { Faults, WireError } from './faults.js';
import { Deframer } from './framing.js';
import { chooseVersion } from './handshake.js';
import { StatementError, type Table } from './known.js';
import { failure, ignored, record, success } from './messages.js';
import { type PackValue, type Structure, unpackStructure } from './packstream.js';
import type { MemorySocket, Peer } from './stream.js';

/** What a session needs of its server. */
export interface SessionContext {
  readonly faults: Faults;
  readonly address: string;
  readonly database: string;
  /** The error for a login, undefined when it is right. */
  refuses(login: Readonly<Record<string, unknown>>): WireError | undefined;
  /** Runs a statement; throws a `StatementError`. */
  run(cypher: string, parameters: Readonly<Record<string, PackValue>>): Table;
  /** A request arrived that the driver waits for. */
  requested(kind: 'RUN' | 'RESET' | 'ROUTE'): void;
  ended(session: Session): void;
}

/** The server's side of one connection: handshake, login, and then one statement after the other. */
export class Session implements Peer {
  readonly #context: SessionContext;
  readonly #deframer = new Deframer();
  #socket: MemorySocket | undefined;
  #handshake: Buffer | undefined = Buffer.alloc(0);
  #failed = false;
  #held = false;
  #result: Table | undefined;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  opening(socket: MemorySocket): void {
    this.#socket = socket;
    const { connection } = this.#context.faults;
    if (connection?.kind === 'socket') socket.reset(connection.code);
    else socket.opened();
  }

  received(chunk: Buffer): void {
    if (this.#context.faults.silent) return;
    if (this.#handshake) this.#shakeHands(Buffer.concat([this.#handshake, chunk]));
    else for (const message of this.#deframer.push(chunk)) this.#handle(unpackStructure(message));
  }

  closed(): void {
    this.#context.ended(this);
  }

  /** Breaks the connection. */
  reset(code: string): void {
    this.#socket?.reset(code);
  }

  #shakeHands(bytes: Buffer): void {
    const { connection } = this.#context.faults;
    if (connection?.kind === 'babble') {
      this.#socket?.push(connection.bytes);
      return;
    }
    const chosen = chooseVersion(bytes);
    if (chosen === 'foreign') this.reset('ECONNRESET');
    this.#handshake = chosen === 'incomplete' ? bytes : undefined;
    if (typeof chosen !== 'string') this.#socket?.push(chosen);
  }

  #handle(message: Structure): void {
    if (this.#socket?.destroyed) return;
    const handler = this.#handlers[message.tag];
    if (!handler) {
      const tag = message.tag.toString(16);
      this.#fail({
        code: 'Neo.ClientError.Request.Invalid',
        message: `message 0x${tag} is not known here`,
      });
      return;
    }
    handler(message.fields);
  }

  readonly #handlers: Readonly<Record<number, (fields: readonly unknown[]) => void>> = {
    /* HELLO */ 1: () =>
      this.#succeed({
        server: 'Neo4j/5.26.0',
        connection_id: 'bolt-0',
        hints: { 'telemetry.enabled': false },
      }),
    /* GOODBYE */ 2: () => this.#socket?.end(),
    /* RESET */ 15: () => {
      this.#context.requested('RESET');
      if (this.#held) {
        this.#fail({ code: 'Neo.TransientError.Transaction.Terminated', message: 'terminated' });
        this.#send(ignored());
      }
      this.#held = false;
      this.#failed = false;
      this.#result = undefined;
      this.#succeed({});
    },
    /* RUN */ 16: ([cypher, parameters, extra]) =>
      this.#run(cypher as string, parameters as Record<string, PackValue>, extra as { db?: string }),
    /* PULL */ 63: () => this.#pull(),
    /* ROUTE */ 102: ([, , extra]) => this.#route(extra as { db?: string }),
    /* LOGON */ 106: ([login]) => {
      const error = this.#context.refuses(login as Record<string, unknown>);
      if (!error) {
        this.#succeed({});
        return;
      }
      this.#fail(error);
      this.#socket?.push(null);
    },
    /* LOGOFF */ 107: () => this.#succeed({}),
  };

  #run(cypher: string, parameters: Readonly<Record<string, PackValue>>, { db }: { db?: string }): void {
    this.#context.requested('RUN');
    if (this.#failed) {
      this.#send(ignored());
      return;
    }
    if (db !== this.#context.database) {
      this.#fail(noDatabase(db));
      return;
    }
    const fault = this.#context.faults.take(cypher);
    if (fault?.kind === 'error') {
      this.#fail(fault.error);
      return;
    }
    if (fault?.kind === 'drop' && fault.when === 'before') {
      this.reset('ECONNRESET');
      return;
    }
    if (fault?.kind === 'hold') {
      this.#held = true;
      fault.reached();
      return;
    }
    try {
      this.#result = this.#context.run(cypher, parameters);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      this.#fail(error.wire);
      return;
    }
    if (fault?.kind === 'drop') {
      this.reset('ECONNRESET');
      return;
    }
    this.#succeed({ fields: this.#result.fields, t_first: 0n });
  }

  #pull(): void {
    if (this.#held) return;
    if (this.#failed || !this.#result) {
      this.#send(ignored());
      return;
    }
    for (const row of this.#result.rows) this.#send(record(row));
    this.#result = undefined;
    this.#succeed({ bookmark: 'bookmark:1', type: 'rw', t_last: 0n, db: this.#context.database });
  }

  #route({ db }: { db?: string }): void {
    this.#context.requested('ROUTE');
    if (db !== this.#context.database) {
      this.#fail(noDatabase(db));
      return;
    }
    const addresses = [this.#context.address];
    const servers = ['ROUTE', 'READ', 'WRITE'].map((role) => ({ role, addresses }));
    this.#succeed({ rt: { ttl: 300n, db, servers } });
  }

  #fail(error: WireError): void {
    this.#failed = true;
    this.#send(failure(error));
  }

  #succeed(metadata: { readonly [key: string]: PackValue }): void {
    this.#send(success(metadata));
  }

  #send(message: Buffer): void {
    if (!this.#socket?.destroyed) this.#socket?.push(message);
  }
}

function noDatabase(name: string | undefined): WireError {
  return { code: 'Neo.ClientError.Database.DatabaseNotFound', message: `Graph not found: ${name}` };
}
