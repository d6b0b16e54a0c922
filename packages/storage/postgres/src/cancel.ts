import type pg from 'pg';

const CANCEL_TIMEOUT_MS = 1_000;

/** Ends what the client's server process is doing, by SQL from a connection of its own; never rejects. */
export async function cancelBackend(canceller: pg.Client, client: pg.PoolClient): Promise<void> {
  const processId: unknown = Reflect.get(client, 'processID');
  if (typeof processId !== 'number') return;
  canceller.on('error', () => {});
  const timer = setTimeout(() => canceller.connection.stream.destroy(), CANCEL_TIMEOUT_MS);
  try {
    await canceller.connect();
    await canceller.query(`SELECT pg_cancel_backend(${processId})`);
    await canceller.end();
  } catch {
    canceller.connection.stream.destroy();
  } finally {
    clearTimeout(timer);
  }
}

/** As `cancelBackend`, by the request of the protocol: behind a pooler the process id is the pooler's, and only that reaches the right process. */
export function requestCancel({ connection, host, port }: pg.Client, client: pg.PoolClient): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.stream.destroy(), CANCEL_TIMEOUT_MS);
    connection.once('end', () => {
      clearTimeout(timer);
      resolve();
    });
    connection.on('error', () => connection.stream.destroy());
    connection.once('connect', () => {
      const key = ['processID', 'secretKey'].map((name) => Reflect.get(client, name));
      Reflect.apply(Reflect.get(connection, 'cancel'), connection, key);
    });
    const address = host.startsWith('/') ? [`${host}/.s.PGSQL.${port}`] : [port, host];
    Reflect.apply(Reflect.get(connection, 'connect'), connection, address);
  });
}

/** A pooler takes few parameters of a session at the start, and refuses the connection with any other. */
export function refusesParameter(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/i.test(error.message);
}
