import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One failure of a real client under a real fault, as several runners reported it. */
export interface Collected {
  /** Client or project that it comes from. */
  readonly source: string;
  readonly name: string;
  /** Class and subclass by the fault that was made. */
  readonly expected: string;
  /** Text that Vitest keeps in JSON; `null` where it keeps none. */
  readonly vitestJson?: string | null;
  readonly vitestJunit?: JunitFailure;
  readonly jest?: { readonly message: string; readonly details?: unknown };
  readonly pytestJunit?: JunitFailure;
  /** What a job printed. */
  readonly log?: string;
}

interface JunitFailure {
  readonly message: string;
  readonly type: string;
  readonly text: string;
}

/** A report that holds one failure. */
export interface Rendered {
  readonly format: string;
  readonly text: string;
}

const COLLECTION = join(import.meta.dirname, '../../collection');

/** The failures of one half of the collection. */
export function collected(half: string): readonly Collected[] {
  return readFileSync(join(COLLECTION, `${half}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Collected);
}

/** The reports that a failure stood in, one for each format that was recorded. */
export function renderings(row: Collected): Rendered[] {
  return [
    ...(row.log === undefined ? [] : [{ format: `${row.source} log`, text: row.log }]),
    ...(row.vitestJson === undefined
      ? []
      : [{ format: 'Vitest JSON', text: json({ failureMessages: [row.vitestJson] }) }]),
    ...(row.jest === undefined
      ? []
      : [
          {
            format: 'Jest JSON',
            text: json({ failureMessages: [row.jest.message], failureDetails: [row.jest.details] }, true),
          },
        ]),
    ...(row.vitestJunit === undefined
      ? []
      : [{ format: 'Vitest JUnit', text: junit('vitest tests', row.vitestJunit) }]),
    ...(row.pytestJunit === undefined
      ? []
      : [{ format: 'pytest JUnit', text: junit('pytest tests', row.pytestJunit) }]),
  ];
}

function json(test: object, isJest = false): string {
  const assertionResults = [{ title: 't', ancestorTitles: [], status: 'failed', ...test }];
  const file = { name: '/repo/t.test.js', status: 'failed', assertionResults };
  return JSON.stringify({ ...(isJest && { numRuntimeErrorTestSuites: 0 }), testResults: [file] });
}

function junit(name: string, { message, type, text }: JunitFailure): string {
  return `<testsuites name="${name}"><testsuite name="t"><testcase classname="t" name="t" time="1"><failure message="${xml(message)}" type="${xml(type)}">${xml(text)}</failure></testcase></testsuite></testsuites>`;
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
