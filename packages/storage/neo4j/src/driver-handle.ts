import neo4j, { type BookmarkManager, type Driver, type Session } from 'neo4j-driver';
import type { ConnectionConfig } from './config.js';
import type { Statement } from './cypher.js';
import { type Transport, takeOver } from './transport.js';

/** The driver's number for "all of them". */
const FETCH_ALL = -1;
const ACCESS = { read: neo4j.session.READ, write: neo4j.session.WRITE } as const;

/** One driver with its connections, and the number of calls on it. */
export class DriverHandle {
  readonly #driver: Driver;
  readonly #transport: Transport;
  readonly #database: string;
  readonly #bookmarks: BookmarkManager | undefined;
  #calls = 0;
  #idle: (() => void) | undefined;

  constructor(config: ConnectionConfig) {
    this.#driver = makeDriver(config);
    this.#transport = takeOver(this.#driver, config.driver.stream);
    this.#database = config.database;
    // In a cluster a read may go to a member that has not seen this adapter's own writes yet.
    this.#bookmarks = config.routing ? neo4j.bookmarkManager() : undefined;
  }

  /** A session for one call, which must `leave` and close the session. */
  enter(access: Statement['access']): Session {
    this.#calls += 1;
    return this.#driver.session({
      database: this.#database,
      defaultAccessMode: ACCESS[access],
      // All rows come with the first answer: their number is bounded by the statements.
      fetchSize: FETCH_ALL,
      ...(this.#bookmarks && { bookmarkManager: this.#bookmarks }),
    });
  }

  leave(): void {
    this.#calls -= 1;
    if (this.#calls === 0) this.#idle?.();
  }

  /** Closes once no call is left. */
  async retire(): Promise<void> {
    if (this.#calls > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    await this.close();
  }

  /** Breaks all connections at once. */
  async close(): Promise<void> {
    const closed = this.#driver.close().catch(() => {});
    this.#transport.destroy();
    await closed;
  }
}

function makeDriver(config: ConnectionConfig): Driver {
  const { url, login, trustedCertificates } = config;
  const { stream: _, ...driver } = config.driver;
  return neo4j.driver(url, login && neo4j.auth.basic(login.username, login.password), {
    ...driver,
    maxConnectionPoolSize: config.maxConnections,
    connectionTimeout: config.connectTimeoutMs,
    connectionAcquisitionTimeout: config.connectTimeoutMs,
    // Retries have one owner, which knows the deadline: the caller of this class.
    maxTransactionRetryTime: 0,
    disableAutoCommitRetries: true,
    useBigInt: true,
    telemetryDisabled: true,
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    userAgent: config.applicationName,
    ...(trustedCertificates.length > 0 && {
      encrypted: true,
      trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES' as const,
      trustedCertificates: [...trustedCertificates],
    }),
  });
}
