import { abandonOn } from '@drydock/resilience';
import type { MemorySocket, Serve } from '@drydock/storage/testing';
import { Deframer } from './framing.js';
import { chooseVersion, HANDSHAKE_BYTES } from './handshake.js';
import { StatementError, type Table } from './known.js';
import { failure, ignored, type PlantedReply, record, success, type WireError } from './messages.js';
import { type PackValue, type Structure, unpackStructure } from './packstream.js';

/** The server, as a session sees it. */
export interface SessionContext {
  readonly address: string;
  readonly database: string;
  readonly version: string;
  /** Serves the beginning of a login, unless a planted fault decides otherwise. */
  readonly greet: Serve<PlantedReply>;
  /** Serves a request, unless a planted fault decides otherwise. */
  readonly serve: Serve<PlantedReply>;
  /** The error for a login, undefined when it is right. */
  refuses(login: Readonly<Record<string, unknown>>): WireError | undefined;
  /** Runs a statement; throws a `StatementError`. */
  run(cypher: string, parameters: Readonly<Record<string, PackValue>>): Table;
}

const RESET = 15;

/** The server's side of one connection: handshake, login, and then one statement after the other. */
export class Session {
  readonly #context: SessionContext;
  readonly #socket: MemorySocket;
  readonly #deframer = new Deframer();
  #handshake: Buffer | undefined = Buffer.alloc(0);
  #failed = false;
  #result: Table | undefined;
  #interrupt = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(context: SessionContext, socket: MemorySocket) {
    this.#context = context;
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
  }

  #receive(chunk: Buffer): void {
    if (this.#handshake) {
      const bytes = Buffer.concat([this.#handshake, chunk]);
      const whole = bytes.length >= HANDSHAKE_BYTES;
      this.#handshake = whole ? undefined : bytes;
      if (whole) this.#then(() => this.#shakeHands(bytes));
      return;
    }
    for (const bytes of this.#deframer.push(chunk)) {
      const message = unpackStructure(bytes);
      // RESET does not wait for the statement before it, but stops it.
      if (message.tag === RESET) this.#interrupt.abort(new StatementError(TERMINATED));
      this.#then(() => this.#handle(message));
    }
  }

  #then(task: () => Promise<void>): void {
    this.#work = this.#work.then(task);
  }

  async #shakeHands(bytes: Buffer): Promise<void> {
    await this.#answer(this.#context.greet, 'handshake', () => {
      const version = chooseVersion(bytes);
      if (!version) this.#socket.reset('ECONNRESET');
      return version;
    });
  }

  async #handle({ tag, fields }: Structure): Promise<void> {
    if (this.#socket.destroyed) return;
    const handler = this.#handlers[tag];
    if (handler) return handler(fields);
    const message = `message 0x${tag.toString(16)} is not known here`;
    this.#fail({ code: 'Neo.ClientError.Request.Invalid', message });
  }

  readonly #handlers: Readonly<Record<number, (fields: readonly unknown[]) => void | Promise<void>>> = {
    /* HELLO */ 1: () =>
      this.#succeed({
        server: `Neo4j/${this.#context.version}`,
        connection_id: 'bolt-0',
        hints: { 'telemetry.enabled': false },
      }),
    /* GOODBYE */ 2: () => void this.#socket.end(),
    /* RESET */ [RESET]: () =>
      this.#answer(this.#context.serve, 'RESET', () => {
        this.#failed = false;
        this.#result = undefined;
        return success({});
      }),
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
      this.#socket.end();
    },
    /* LOGOFF */ 107: () => this.#succeed({}),
  };

  async #run(
    cypher: string,
    parameters: Readonly<Record<string, PackValue>>,
    { db }: { db?: string },
  ): Promise<void> {
    if (this.#failed) return this.#send(ignored());
    if (db !== this.#context.database) return this.#fail(noDatabase(db));
    this.#interrupt = new AbortController();
    await this.#answer(this.#context.serve, cypher, () => {
      this.#result = this.#context.run(cypher, parameters);
      return success({ fields: this.#result.fields, t_first: 0n });
    });
  }

  #pull(): void {
    if (this.#failed || !this.#result) {
      this.#send(ignored());
      return;
    }
    for (const row of this.#result.rows) this.#send(record(row));
    this.#result = undefined;
    this.#succeed({ bookmark: 'bookmark:1', type: 'rw', t_last: 0n, db: this.#context.database });
  }

  async #route({ db }: { db?: string }): Promise<void> {
    if (db !== this.#context.database) return this.#fail(noDatabase(db));
    const addresses = [this.#context.address];
    const servers = ['ROUTE', 'READ', 'WRITE'].map((role) => ({ role, addresses }));
    await this.#answer(this.#context.serve, 'ROUTE', () => success({ rt: { ttl: 300n, db, servers } }));
  }

  /** Sends the reply to a request, unless a planted fault decides otherwise. */
  async #answer(how: Serve<PlantedReply>, text: string, serve: () => Buffer | undefined): Promise<void> {
    const { signal } = this.#interrupt;
    const socket = this.#socket;
    try {
      const reply = await how(text, {
        socket,
        serve,
        answer: (planted) => {
          this.#failed = true;
          return Buffer.isBuffer(planted) ? planted : failure(planted);
        },
        drop: () => socket.reset('ECONNRESET'),
        hold: (released) => abandonOn(signal, released),
      });
      if (reply) this.#send(reply);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      this.#fail(error.wire);
    }
  }

  #fail(error: WireError): void {
    this.#failed = true;
    this.#send(failure(error));
  }

  #succeed(metadata: { readonly [key: string]: PackValue }): void {
    this.#send(success(metadata));
  }

  #send(message: Buffer): void {
    if (!this.#socket.destroyed && !this.#socket.writableEnded) this.#socket.write(message);
  }
}

const TERMINATED: WireError = { code: 'Neo.TransientError.Transaction.Terminated', message: 'terminated' };

function noDatabase(name: string | undefined): WireError {
  return { code: 'Neo.ClientError.Database.DatabaseNotFound', message: `Graph not found: ${name}` };
}
