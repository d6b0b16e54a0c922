import { stripVTControlCharacters as plain } from 'node:util';
import type { SerializedError } from 'vitest';
import type { Failure, FailureClass } from './schema.js';

const UNREACHABLE = /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)\b/;
const DETAIL_LIMIT = 20_000;

interface Rule {
  readonly class: FailureClass;
  readonly when: (error: SerializedError, code: string) => boolean;
  readonly remedy: string;
}

const RULES: readonly Rule[] = [
  {
    class: 'harness',
    when: (_error, code) => code.startsWith('ERR_DRYDOCK_'),
    remedy: 'The message names the marker or the setting; change the test or its marker.',
  },
  {
    class: 'environment',
    when: (error, code) => error.name !== 'AssertionError' && UNREACHABLE.test(code),
    remedy: 'Check that the server runs and that its variable names the right host and port.',
  },
];

/** Classes a failure; a defect is the default, so that none is excused for want of evidence. */
export function failureOf(errors: readonly SerializedError[]): Failure {
  const [error] = errors;
  if (error === undefined) {
    return {
      class: 'mechanism',
      code: 'ABORTED',
      evidence: 'The test never reported a result.',
      remedy: 'Run it alone.',
    };
  }
  const code = codeOf(error);
  const rule = RULES.find(({ when }) => when(error, code));
  return {
    class: rule?.class ?? 'mechanism',
    code,
    evidence: firstLine(error.message),
    remedy: rule?.remedy ?? 'Mend the code under test, or the test.',
    detail: plain(errors.map(detailOf).join('\n')).slice(0, DETAIL_LIMIT),
  };
}

/** The first code along the chain of causes, else the error's name. */
function codeOf(error: SerializedError): string {
  const own = (error as { code?: unknown }).code;
  if (typeof own === 'string') return own;
  const cause = error.cause as SerializedError | undefined;
  const deeper = cause && typeof cause === 'object' ? codeOf(cause) : undefined;
  return deeper && deeper !== 'Error' ? deeper : (error.name ?? 'Error');
}

function detailOf(error: SerializedError): string {
  return [error.stack ?? error.message ?? '', (error as { diff?: string }).diff ?? '']
    .filter(Boolean)
    .join('\n');
}

function firstLine(text: string | undefined): string {
  return (
    plain(text ?? '')
      .split('\n')[0]
      ?.slice(0, 400) ?? ''
  );
}
