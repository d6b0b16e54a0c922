import type { MemorySocket, RequestSteps, Serve } from '@drydock/storage/testing';
import type { Engine, Tenant } from './engine.js';
import { CANCELLED, hold } from './hold.js';
import { type Credentials, greeting, Login, type LoginStep, refused } from './login.js';
import {
  cstring,
  encodeMessage,
  errorResponse,
  type FrontendMessage,
  isWireError,
  MessageReader,
  type PlantedError,
  readyForQuery,
  type WireError,
} from './messages.js';
import { answerAboutSessions } from './session-queries.js';
import { readStartup, type Startup, startupSettings } from './startup.js';
import { changesSettings, Statements } from './statements.js';

/** What the sessions of one server share. */
export interface SessionContext {
  readonly engine: Engine;
  readonly credentials: Credentials;
  readonly version: string;
  /** Serves the beginning of a login, unless a planted fault decides otherwise. */
  readonly greet: Serve<PlantedError>;
  /** Serves a request, unless a planted fault decides otherwise. */
  readonly serve: Serve<PlantedError>;
  /** Interrupts the running statement of a session; false when there is no such session. */
  cancel(processId: number, secret?: number): boolean;
  /** Called once when the session is over. */
  ended(session: Session): void;
}

const BROKEN: WireError = { severity: 'FATAL', code: 'XX000', message: 'the embedded engine failed' };
const ENDS_EXCHANGE = new Set(['Q', 'S', 'H']);

/** The server's side of one connection. */
export class Session {
  readonly processId: number;
  readonly secret: number;
  readonly #context: SessionContext;
  readonly #socket: MemorySocket;
  readonly #reader = new MessageReader();
  readonly #statements: Statements;
  readonly #tenant: Tenant = { settings: {}, settingsTouched: false };
  readonly #steps: Pick<RequestSteps<PlantedError, never>, 'socket' | 'drop' | 'silence'>;
  #login: Login | undefined;
  #ready = false;
  #exchange: { messages: Buffer[]; sql: string[] } = { messages: [], sql: [] };
  #interrupt = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(context: SessionContext, socket: MemorySocket, processId: number, secret: number) {
    this.#context = context;
    this.#socket = socket;
    this.processId = processId;
    this.secret = secret;
    this.#statements = new Statements(`s${processId}_`);
    const closed = new Promise<void>((resolve) => socket.once('close', resolve));
    this.#steps = { socket, drop: () => socket.reset('ECONNRESET'), silence: () => closed };
    socket.once('close', () => {
      this.#work = this.#work.then(() => this.#cleanUp()).catch(() => undefined);
    });
    socket.on('data', (chunk) => {
      for (const message of this.#reader.push(chunk)) {
        this.#work = this.#work.then(() => this.#handle(message)).catch(() => this.terminate(BROKEN));
      }
    });
  }

  /** Interrupts the statement that runs or waits, as a cancel request does; does nothing when idle. */
  cancel(): void {
    this.#interrupt.abort(CANCELLED);
  }

  /** Ends the session with a FATAL error. */
  terminate(error: WireError): void {
    this.#send(errorResponse(error));
    this.#socket.end();
  }

  /** Resolves when all work of this session has ended. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #handle(message: FrontendMessage): Promise<void> {
    if (message.type === 'startup') return this.#start(message);
    if (!this.#ready) return this.#login && this.#continueLogin(this.#login.answer(message));
    if (message.type === 'X') return void this.#socket.end();
    const sql = this.#statements.text(message);
    if (sql !== undefined && message.type !== 'P') this.#exchange.sql.push(sql);
    if (sql !== undefined && changesSettings(sql)) this.#tenant.settingsTouched = true;
    this.#exchange.messages.push(this.#statements.rename(message));
    if (ENDS_EXCHANGE.has(message.type)) await this.#run(message.type === 'Q');
  }

  async #start(message: FrontendMessage): Promise<void> {
    const startup = readStartup(message);
    const step = await this.#context.greet('startup', {
      ...this.#steps,
      serve: () => this.#greet(startup),
      answer: (planted) => refused({ severity: 'FATAL', ...planted }),
    });
    if (step) this.#continueLogin(step);
  }

  #greet(startup: Startup): LoginStep {
    if (startup.kind === 'encryption') {
      this.#reader.restart();
      return { state: 'pending', reply: Buffer.from('N') };
    }
    if (startup.kind === 'cancel') {
      this.#context.cancel(startup.processId, startup.secret);
      return { state: 'refused', reply: Buffer.alloc(0) };
    }
    this.#tenant.settings = startupSettings(startup.parameters);
    this.#login = new Login(this.#context.credentials, startup.parameters);
    return this.#login.start();
  }

  #continueLogin({ reply, state }: LoginStep): void {
    this.#send(reply);
    if (state === 'refused') this.#socket.end();
    if (state !== 'accepted') return;
    this.#ready = true;
    this.#send(greeting(this.#context.version, this.processId, this.secret));
  }

  async #run(simple: boolean): Promise<void> {
    const request = Buffer.concat(this.#exchange.messages);
    const sql = this.#exchange.sql.join('; ');
    this.#exchange = { messages: [], sql: [] };
    this.#interrupt = new AbortController();
    const own = simple ? answerAboutSessions(sql, this.processId, this.#context.cancel) : undefined;
    if (own) return this.#send(own);
    try {
      const reply = await this.#context.serve(sql, {
        ...this.#steps,
        serve: () => this.#context.engine.run(this.#tenant, request, this.#interrupt.signal),
        answer: (planted) => Promise.reject({ severity: 'ERROR', ...planted }),
        hold: (released) => this.#hold(released),
      });
      if (reply) this.#send(reply);
    } catch (error) {
      if (!isWireError(error)) throw error;
      await this.#fail(error);
    }
  }

  async #hold(released: Promise<void>): Promise<void> {
    const { statement_timeout: timeout = '0' } = await this.#context.engine.settings(this.#tenant);
    await hold(released, Number.parseInt(timeout, 10), this.#interrupt.signal);
  }

  async #fail(error: WireError): Promise<void> {
    if (error.severity === 'FATAL') return this.terminate(error);
    if (!this.#context.engine.holdsTurn(this.#tenant)) {
      return this.#send(Buffer.concat([errorResponse(error), readyForQuery('I')]));
    }
    // Inside a transaction the engine itself must fail, or it would not know that the transaction is broken.
    const raise = `DO $do$ BEGIN RAISE EXCEPTION USING ERRCODE = '${error.code}', MESSAGE = '${error.message.replaceAll("'", "''")}'; END $do$`;
    this.#send(await this.#context.engine.run(this.#tenant, encodeMessage('Q', cstring(raise))));
  }

  async #cleanUp(): Promise<void> {
    await this.#context.engine.rollback(this.#tenant);
    const closing = this.#statements.closeAll();
    if (closing) await this.#context.engine.run(this.#tenant, closing);
    this.#context.ended(this);
  }

  #send(reply: Buffer): void {
    if (!this.#socket.destroyed && !this.#socket.writableEnded) this.#socket.write(reply);
  }
}
