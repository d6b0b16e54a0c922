import { probeError } from '@drydock/storage/backend-kit';
import pg from 'pg';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export async function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const client = new pg.Client({
    connectionString: variables.POSTGRES_URL,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // An idle client that loses its server throws where nobody listens.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { version: rows[0]?.server_version.split(' ')[0] ?? 'unknown' };
  } catch (error) {
    throw withoutSecrets(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The driver's errors without a code, by what their text says. */
const CODES_BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, 'ETIMEDOUT'],
  [/terminated/i, 'ECONNRESET'],
  [/SASL|password/i, '28P01'],
  [/SSL/, 'NO_TLS'],
];

/** The driver's error may hold the address with its password: only its code leaves here. */
function withoutSecrets(error: unknown): Error {
  const {
    code,
    errors,
    message = '',
  } = error as { code?: string; errors?: { code?: string }[]; message?: string };
  const inner = errors?.find((one) => one.code !== undefined)?.code;
  const known = code ?? inner ?? CODES_BY_TEXT.find(([text]) => text.test(message))?.[1] ?? 'NOT_POSTGRESQL';
  return probeError('PostgreSQL', known);
}
