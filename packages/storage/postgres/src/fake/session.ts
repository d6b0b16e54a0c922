import type { Engine, Tenant } from './engine.js';
import type { Faults, StatementFault } from './faults.js';
import { CANCELLED, hold } from './hold.js';
import { type Credentials, greeting, Login, type LoginStep } from './login.js';
import {
  cstring,
  encodeMessage,
  errorResponse,
  type FrontendMessage,
  isWireError,
  MessageReader,
  readyForQuery,
  type WireError,
} from './messages.js';
import { answerAboutSessions } from './session-queries.js';
import { readStartup, startupSettings } from './startup.js';
import { changesSettings, Statements } from './statements.js';
import type { MemorySocket, Peer } from './stream.js';

/** What the sessions of one server share. */
export interface SessionContext {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly credentials: Credentials;
  readonly version: string;
  /** Interrupts the running statement of a session; false when there is no such session. */
  cancel(processId: number, secret?: number): boolean;
  /** Called once for each exchange that the driver waits for. */
  exchanged(): void;
  /** Called once when the session is over. */
  ended(session: Session): void;
}

const BROKEN: WireError = { severity: 'FATAL', code: 'XX000', message: 'the embedded engine failed' };
const ENDS_EXCHANGE = new Set(['Q', 'S', 'H']);

/** The server's end of one connection. */
export class Session implements Peer {
  readonly processId: number;
  readonly secret: number;
  readonly #context: SessionContext;
  readonly #reader = new MessageReader();
  readonly #statements: Statements;
  readonly #tenant: Tenant = { settings: {}, settingsTouched: false };
  #stream: MemorySocket | undefined;
  #login: Login | undefined;
  #ready = false;
  #over = false;
  #leave: () => void = () => {};
  readonly #gone = new Promise<void>((resolve) => {
    this.#leave = resolve;
  });
  #exchange: { messages: Buffer[]; sql: string[] } = { messages: [], sql: [] };
  #interrupt = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(context: SessionContext, processId: number, secret: number) {
    this.#context = context;
    this.processId = processId;
    this.secret = secret;
    this.#statements = new Statements(`s${processId}_`);
  }

  opening(stream: MemorySocket): void {
    this.#stream = stream;
    const fault = this.#context.faults.connection;
    if (fault?.kind === 'socket') stream.reset(fault.code);
    else if (fault?.kind !== 'silent') stream.opened();
  }

  received(chunk: Buffer): void {
    for (const message of this.#reader.push(chunk)) {
      this.#work = this.#work.then(() => this.#handle(message)).catch(() => this.terminate(BROKEN));
    }
  }

  closed(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave();
    this.#work = this.#work.then(() => this.#cleanUp()).catch(() => undefined);
    this.#end();
  }

  /** Interrupts the statement that runs or waits, as a cancel request does; does nothing when idle. */
  cancel(): void {
    this.#interrupt.abort(CANCELLED);
  }

  /** Ends the session with a FATAL error. */
  terminate(error: WireError): void {
    this.#send(errorResponse(error));
    this.#end();
  }

  /** Breaks the connection. */
  reset(): void {
    this.#stream?.reset('ECONNRESET');
  }

  /** Resolves when nothing of this session is under way. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #handle(message: FrontendMessage): Promise<void> {
    if (message.type === 'startup') return this.#start(message);
    if (!this.#ready) return this.#continueLogin(this.#login?.answer(message));
    if (message.type === 'X') return this.#end();
    const sql = this.#statements.text(message);
    if (sql !== undefined && message.type !== 'P') this.#exchange.sql.push(sql);
    if (sql !== undefined && changesSettings(sql)) this.#tenant.settingsTouched = true;
    this.#exchange.messages.push(this.#statements.rename(message));
    if (ENDS_EXCHANGE.has(message.type)) await this.#run(message.type === 'Q');
  }

  async #start(message: FrontendMessage): Promise<void> {
    const startup = readStartup(message);
    if (startup.kind === 'encryption') {
      this.#reader.restart();
      return this.#send(Buffer.from('N'));
    }
    if (startup.kind === 'cancel') {
      this.#context.cancel(startup.processId, startup.secret);
      return this.#end();
    }
    const fault = this.#context.faults.connection;
    if (fault?.kind === 'error') return this.terminate(fault.error);
    this.#tenant.settings = startupSettings(startup.parameters);
    this.#login = new Login(this.#context.credentials, startup.parameters);
    this.#continueLogin(this.#login.start());
  }

  #continueLogin(step: LoginStep | undefined): void {
    if (step) this.#send(step.reply);
    if (step?.state === 'refused') this.#end();
    if (step?.state !== 'accepted') return;
    this.#ready = true;
    this.#send(greeting(this.#context.version, this.processId, this.secret));
  }

  async #run(simple: boolean): Promise<void> {
    const request = Buffer.concat(this.#exchange.messages);
    const sql = this.#exchange.sql.join('; ');
    this.#exchange = { messages: [], sql: [] };
    this.#context.exchanged();
    this.#interrupt = new AbortController();
    const own = simple ? answerAboutSessions(sql, this.processId, this.#context.cancel) : undefined;
    if (own) return this.#send(own);
    try {
      const fault = this.#context.faults.take(sql);
      if (fault?.kind === 'error') throw fault.error;
      if (fault?.kind === 'drop' && fault.when === 'before') return this.reset();
      if (fault?.kind === 'silent') return await this.#gone;
      if (fault?.kind === 'hold') await this.#hold(fault);
      const reply = await this.#context.engine.run(this.#tenant, request, this.#interrupt.signal);
      if (fault?.kind === 'drop') return this.reset();
      this.#send(reply);
    } catch (error) {
      if (!isWireError(error)) throw error;
      await this.#fail(error);
    }
  }

  async #hold(fault: StatementFault & { kind: 'hold' }): Promise<void> {
    const { statement_timeout: timeout = '0' } = await this.#context.engine.settings(this.#tenant);
    await hold(fault, Number.parseInt(timeout, 10), this.#interrupt.signal);
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
    if (this.#stream && !this.#stream.destroyed && !this.#stream.readableEnded) this.#stream.push(reply);
  }

  #end(): void {
    if (this.#stream && !this.#stream.destroyed) this.#stream.push(null);
  }
}
