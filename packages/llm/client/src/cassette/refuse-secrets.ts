import { createRedactor } from '@drydock/redaction';
import type { Exchange } from './cassette.js';
import { CassetteError } from './cassette-error.js';
import { textOf } from './chunks.js';

/** Values that must not be written, by the names under which errors report them. */
export type Secrets = Readonly<Record<string, string | undefined>>;

/**
 * Nothing that holds a secret is written: neither a value given nor what looks like one.
 *
 * @throws CassetteError `CASSETTE_SECRET` that names the place, never the value.
 */
export function refuseSecrets(exchanges: readonly Exchange[], secrets: Secrets): void {
  const values = Object.fromEntries(
    Object.entries(secrets).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
  const redactor = createRedactor({ values });
  const holdsSecret = (text: string) => redactor.text(text) !== text;

  const found = exchanges.flatMap(({ request, response }, index) =>
    Object.entries({
      'request path': request.path,
      'request body': JSON.stringify(request.body) ?? '',
      ...Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          `response header ${name}`,
          `${name}: ${value}`,
        ]),
      ),
      // Together: a secret may be cut in two by a chunk's end.
      'response body': textOf(response.chunks),
    })
      .filter(([, text]) => holdsSecret(text))
      .map(([place]) => `exchange ${index + 1}: ${place}`),
  );
  if (found.length === 0) return;
  throw new CassetteError(
    'CASSETTE_SECRET',
    `Nothing was written: a secret stands in ${found.join(', ')}. Take it out of the request, or do not record this call.`,
  );
}
