import { AbstractConnector, type RedisOptions } from 'ioredis';
import { runCommand, wrongNumber } from './commands.js';
import { Keyspace } from './keyspace.js';
import { evaluate } from './lua.js';
import { CommandParser, encodeReply, error, type RespReply, status } from './resp.js';
import { FakeSocket, type Peer } from './stream.js';

/** What can happen to the fake: see `ServerFault` of `@drydock/storage/conformance`. */
export type FakeFault = 'refuse' | 'silence' | 'drop-unapplied' | 'drop-applied';

/** How a fake is made. */
export interface FakeRedisOptions {
  /** Password that clients must give; default none. */
  readonly password?: string;
  /** Wall clock in milliseconds, for lifetimes; default `Date.now`. */
  readonly now?: () => number;
}

interface Session {
  readonly parser: CommandParser;
  /** Chunks that came while the server was silent. */
  readonly waiting: Buffer[];
  loggedIn: boolean;
}

/**
 * A Redis 7.0 in this process that speaks RESP2 over in-memory streams: the real driver runs, no socket is opened.
 *
 * Pass `config` to `createRedisAdapter`, or `config.driver` to ioredis.
 */
export class FakeRedis implements Peer {
  /** Commands that arrived, the driver's handshake included. */
  requests = 0;
  /** Chunks that arrived: a pipeline is one. */
  writes = 0;
  readonly #password: string | undefined;
  readonly #keys: Keyspace;
  readonly #sessions = new Map<FakeSocket, Session>();
  #fault: FakeFault | undefined;

  constructor({ password, now = Date.now }: FakeRedisOptions = {}) {
    this.#password = password;
    this.#keys = new Keyspace(now);
  }

  /** Connection settings that lead here. */
  get config(): { readonly url: string; readonly driver: Pick<RedisOptions, 'Connector'> } {
    const login = this.#password === undefined ? '' : `:${encodeURIComponent(this.#password)}@`;
    return { url: `redis://${login}fake.invalid:6379`, driver: { Connector: this.#connector() } };
  }

  /** Open connections. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Names of the keys that are held now. */
  get keys(): string[] {
    return this.#keys.keys().map((key) => Buffer.from(key, 'latin1').toString());
  }

  /** Makes the server fail from now on; undefined heals it, and it answers what it was silent about. */
  setFault(fault: FakeFault | undefined): void {
    this.#fault = fault;
    if (fault === 'refuse') for (const socket of [...this.#sessions.keys()]) this.#reset(socket);
    if (fault !== undefined) return;
    for (const [socket, { waiting }] of this.#sessions) {
      for (const chunk of waiting.splice(0)) this.receive(socket, chunk);
    }
  }

  receive(socket: FakeSocket, chunk: Buffer): void {
    const session = this.#sessions.get(socket);
    if (!session) return;
    if (this.#fault === 'silence') {
      session.waiting.push(chunk);
      return;
    }
    this.writes += 1;
    const fault = this.#fault;
    if (fault === 'drop-unapplied' || fault === 'drop-applied') this.#fault = undefined;
    if (fault === 'drop-unapplied') {
      this.#reset(socket);
      return;
    }
    const replies = [...session.parser.push(chunk)].map((command) => this.#run(session, command));
    if (fault === 'drop-applied') this.#reset(socket);
    else socket.push(Buffer.from(replies.map(encodeReply).join(''), 'latin1'));
  }

  leave(socket: FakeSocket): void {
    this.#sessions.delete(socket);
  }

  #accept(): FakeSocket {
    const socket = new FakeSocket(this);
    setImmediate(() => {
      if (socket.destroyed) return;
      if (this.#fault === 'refuse') {
        socket.destroy(systemError('connect', 'ECONNREFUSED'));
        return;
      }
      socket.connecting = false;
      const session = { parser: new CommandParser(), waiting: [], loggedIn: this.#password === undefined };
      this.#sessions.set(socket, session);
      socket.emit('connect');
    });
    return socket;
  }

  #reset(socket: FakeSocket): void {
    socket.destroy(systemError('read', 'ECONNRESET'));
  }

  #run(session: Session, [word = '', ...args]: string[]): RespReply {
    this.requests += 1;
    const name = word.toLowerCase();
    if (name === 'auth') return this.#logIn(session, args);
    if (name === 'hello') return error('NOPROTO unsupported protocol version');
    if (!session.loggedIn) return error('NOAUTH Authentication required.');
    if (name === 'eval') return args.length < 2 ? wrongNumber(name) : evaluate(args, this.#keys);
    return runCommand(word, args, this.#keys);
  }

  #logIn(session: Session, args: readonly string[]): RespReply {
    if (args.length < 1 || args.length > 2) return wrongNumber('auth');
    if (this.#password === undefined) {
      const doubt = 'Are you sure your configuration is correct?';
      return error(
        `ERR AUTH <password> called without any password configured for the default user. ${doubt}`,
      );
    }
    const user = args.length === 2 ? args[0] : 'default';
    session.loggedIn = user === 'default' && args.at(-1) === Buffer.from(this.#password).toString('latin1');
    return session.loggedIn
      ? status('OK')
      : error('WRONGPASS invalid username-password pair or user is disabled.');
  }

  #connector(): NonNullable<RedisOptions['Connector']> {
    const accept = () => this.#accept();
    class FakeConnector extends AbstractConnector {
      constructor(options: unknown) {
        super((options as { disconnectTimeout: number }).disconnectTimeout);
      }

      override async connect() {
        const socket = accept();
        socket.once('error', (reason) => {
          this.firstError = reason;
        });
        this.connecting = true;
        this.stream = socket as unknown as typeof this.stream;
        return this.stream;
      }
    }
    return FakeConnector;
  }
}

function systemError(syscall: string, code: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}
