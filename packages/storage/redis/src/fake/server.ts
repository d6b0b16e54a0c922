import { MemoryServer, type MemorySocket } from '@drydock/storage/testing';
import { AbstractConnector, type RedisOptions } from 'ioredis';
import { runCommand, wrongNumber } from './commands.js';
import { Keyspace } from './keyspace.js';
import { evaluate } from './lua.js';
import { CommandParser, encodeReply, error, type RespReply, status } from './resp.js';

/** How a `FakeRedis` is made. */
export interface FakeRedisOptions {
  /** Password that clients must give; default none. */
  readonly password?: string;
  /** Wall clock in milliseconds, for lifetimes; default `Date.now`. */
  readonly now?: () => number;
}

/** As many as a server has by default. */
const DATABASES = 16;

interface Session {
  readonly socket: MemorySocket;
  loggedIn: boolean;
  /** Number of the database that it works with. */
  database: number;
}

/**
 * A Redis 7.0 inside this process that speaks RESP2: the driver talks to it over byte streams in memory, with no socket.
 *
 * A request is what the driver sends at once, a pipeline for example: its commands as text, each on a line of its own.
 * The answer to plant is an error, such as `LOADING Redis is loading the dataset in memory`, for each of its commands.
 */
export class FakeRedis extends MemoryServer<string> {
  readonly #password: string | undefined;
  readonly #databases: readonly Keyspace[];
  #commands = 0;

  constructor({ password, now = Date.now }: FakeRedisOptions = {}) {
    super();
    this.#password = password;
    this.#databases = Array.from({ length: DATABASES }, () => new Keyspace(now));
  }

  /** Options with which an adapter reaches this server. */
  get config(): { readonly url: string; readonly driver: Pick<RedisOptions, 'Connector'> } {
    const login = this.#password === undefined ? '' : `:${encodeURIComponent(this.#password)}@`;
    return { url: `redis://${login}memory:6379`, driver: this.driver };
  }

  /** Options for ioredis, whose connections then all lead here. */
  get driver(): Pick<RedisOptions, 'Connector'> {
    const dial = () => this.dial().connect();
    return {
      Connector: class extends AbstractConnector {
        constructor(options: unknown) {
          super((options as { disconnectTimeout: number }).disconnectTimeout);
        }

        override async connect() {
          const socket = dial();
          socket.once('error', (reason) => {
            this.firstError = reason;
          });
          this.connecting = true;
          this.stream = socket as unknown as typeof this.stream;
          return this.stream;
        }
      },
    };
  }

  /** Commands that arrived, the driver's handshake included. */
  get commands(): number {
    return this.#commands;
  }

  /** Names of the keys that are held now. */
  get keys(): string[] {
    return this.keysOf(0);
  }

  /** Names of the keys that one database holds now. */
  keysOf(database: number): string[] {
    return (this.#databases[database]?.keys() ?? []).map(utf8);
  }

  protected override accept(socket: MemorySocket): void {
    const parser = new CommandParser();
    const session = { socket, loggedIn: this.#password === undefined, database: 0 };
    let work = Promise.resolve();
    socket.on('data', (chunk) => {
      const commands = [...parser.push(chunk)];
      if (commands.length > 0) work = work.then(() => this.#handle(session, commands));
    });
  }

  async #handle(session: Session, commands: readonly string[][]): Promise<void> {
    const { socket } = session;
    this.#commands += commands.length;
    const text = commands.map((words) => utf8(words.join(' '))).join('\n');
    const replies = await this.serve<RespReply[]>(text, {
      socket,
      serve: () => commands.map((command) => this.#run(session, command)),
      answer: (planted) => commands.map(() => error(planted)),
      drop: () => socket.reset('ECONNRESET'),
      // The replies to what comes later would otherwise be taken for the missing ones.
      silence: (over) => over,
    });
    if (replies) socket.write(Buffer.from(replies.map(encodeReply).join(''), 'latin1'));
  }

  #run(session: Session, [word = '', ...args]: string[]): RespReply {
    const name = word.toLowerCase();
    if (name === 'auth') return this.#logIn(session, args);
    if (name === 'hello') return error('NOPROTO unsupported protocol version');
    if (!session.loggedIn) return error('NOAUTH Authentication required.');
    if (name === 'select') return select(session, args);
    const keys = this.#databases[session.database] as Keyspace;
    if (name === 'eval') return args.length < 2 ? wrongNumber(name) : evaluate(args, keys);
    return runCommand(word, args, keys);
  }

  #logIn(session: Session, args: readonly string[]): RespReply {
    if (args.length < 1 || args.length > 2) return wrongNumber('auth');
    if (this.#password === undefined) {
      const hint = 'Are you sure your configuration is correct?';
      return error(
        `ERR AUTH <password> called without any password configured for the default user. ${hint}`,
      );
    }
    const user = args.length === 2 ? args[0] : 'default';
    session.loggedIn = user === 'default' && args.at(-1) === Buffer.from(this.#password).toString('latin1');
    return session.loggedIn
      ? status('OK')
      : error('WRONGPASS invalid username-password pair or user is disabled.');
  }
}

function select(session: Session, args: readonly string[]): RespReply {
  if (args.length !== 1) return wrongNumber('select');
  if (!/^-?\d{1,9}$/.test(args[0] ?? '')) return error('ERR value is not an integer or out of range');
  const database = Number(args[0]);
  if (database < 0 || database >= DATABASES) return error('ERR DB index is out of range');
  session.database = database;
  return status('OK');
}

/** Decodes a text that holds one character for each byte. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
