import type { Faults, WireError } from './faults.js';
import { Deframer, frame } from './framing.js';
import { type PackValue, packStructure, type Structure, unpackStructure } from './packstream.js';
import type { MemorySocket, Peer } from './stream.js';

/** What a statement returns. */
export interface Table {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly PackValue[])[];
}

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

/** An error of the server's, as its code and text. */
export class StatementError extends Error {
  constructor(readonly wire: WireError) {
    super(wire.message);
  }
}

const MAGIC = Buffer.from([0x60, 0x60, 0xb0, 0x17]);
const HANDSHAKE_BYTES = 20;
/** Bolt 5.8, as a real 5.26 server chooses it for this driver. */
const VERSION = Buffer.from([0, 0, 8, 5]);
const TAGS = { success: 0x70, record: 0x71, ignored: 0x7e, failure: 0x7f } as const;

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
    this.#handshake = bytes;
    if (bytes.length < HANDSHAKE_BYTES) return;
    if (!bytes.subarray(0, 4).equals(MAGIC)) {
      this.reset('ECONNRESET');
      return;
    }
    this.#handshake = undefined;
    this.#socket?.push(VERSION);
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
        this.#send(TAGS.ignored);
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
      this.#send(TAGS.ignored);
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
      this.#send(TAGS.ignored);
      return;
    }
    for (const row of this.#result.rows) this.#send(TAGS.record, row);
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

  #fail({ code, message, idempotent = false }: WireError): void {
    this.#failed = true;
    const gql = {
      gql_status: '50N42',
      description: 'error: general processing exception',
      diagnostic_record: { _idempotent: idempotent },
    };
    this.#send(TAGS.failure, { neo4j_code: code, message, ...gql });
  }

  #succeed(metadata: { readonly [key: string]: PackValue }): void {
    this.#send(TAGS.success, metadata);
  }

  #send(tag: number, ...fields: PackValue[]): void {
    if (!this.#socket?.destroyed) this.#socket?.push(frame(packStructure({ tag, fields })));
  }
}

function noDatabase(name: string | undefined): WireError {
  return { code: 'Neo.ClientError.Database.DatabaseNotFound', message: `Graph not found: ${name}` };
}
