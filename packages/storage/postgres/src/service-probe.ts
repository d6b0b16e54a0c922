import { probeWith, serverTimeoutMs } from '@drydock/storage/backend-kit';
import pg from 'pg';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export function probe(
  { POSTGRES_URL }: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  return probeWith<pg.Client>(
    {
      service: 'PostgreSQL',
      open: () => makeClient(POSTGRES_URL, serverTimeoutMs(timeoutMs)),
      async login(client) {
        await client.connect();
        const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
        return { version: rows[0]?.server_version.split(' ')[0] ?? 'unknown' };
      },
      close: (client) => client.end().catch(() => undefined),
      codeOf,
    },
    timeoutMs,
  );
}

/** The driver gives up before the probe does: an end that comes first would wait for a silent server. */
function makeClient(connectionString: string | undefined, driverTimeoutMs: number): pg.Client {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: driverTimeoutMs,
    query_timeout: driverTimeoutMs,
  });
  // An idle client that loses its server throws where nobody listens.
  return client.on('error', () => undefined);
}

/** The driver's errors without a code, by what their text says. */
const CODES_BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, 'ETIMEDOUT'],
  [/terminated/i, 'ECONNRESET'],
  [/SASL|password/i, '28P01'],
  [/SSL/, 'NO_TLS'],
];

function codeOf(error: unknown): string | undefined {
  const {
    code,
    errors,
    message = '',
  } = error as { code?: string; errors?: { code?: string }[]; message?: string };
  const inner = errors?.find((one) => one.code !== undefined)?.code;
  return code ?? inner ?? CODES_BY_TEXT.find(([text]) => text.test(message))?.[1];
}
