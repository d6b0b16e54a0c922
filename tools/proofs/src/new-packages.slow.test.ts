import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LlmAuthError, LlmUnavailableError } from '@drydock/llm';
import { StorageConnectionError } from '@drydock/storage';
import { factsOf } from '@drydock/triage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Checkout, checkout } from './checkout.fixture.js';
import { addPackages } from './new-packages.fixture.js';
import { none } from './sandbox.fixture.js';

const TIMEOUT_MS = 200_000;
const REPORTS = '.drydock/new-packages';

let copy: Checkout;
beforeAll(() => {
  copy = checkout();
  run('git', 'init', '--quiet');
  // A link, which the pattern of .gitignore leaves in.
  writeFileSync(join(copy.root, '.git/info/exclude'), 'node_modules\n');
  run('git', 'add', '--all');
  addPackages(copy.root);
}, TIMEOUT_MS);
afterAll(() => copy?.remove(), TIMEOUT_MS);

function run(...command: string[]) {
  return none.run(command, {
    cwd: copy.root,
    env: { ...process.env, NX_DAEMON: 'false' },
    timeout: TIMEOUT_MS,
  });
}

const refused = (backend: string, code: string) =>
  new StorageConnectionError(
    { retriable: false, outcome: 'rejected', code, detail: 'the login was refused' },
    { backend, operation: 'connect' },
  );
const busy = (backend: string, code: string) =>
  new StorageConnectionError(
    { retriable: true, outcome: 'rejected', code, detail: 'it takes no writes' },
    { backend, operation: 'store' },
  );
const unavailable = (provider: string) =>
  new LlmUnavailableError({ provider, model: 'm', detail: 'no room', retriable: true });
const denied = (provider: string) =>
  new LlmAuthError({ provider, detail: 'the key is refused', status: 401 });

/** An error of a new package, one of a sibling that means the same, and what both are. */
const PAIRS: readonly (readonly [name: string, own: Error, sibling: Error, is: string])[] = [
  ['a login that is refused', refused('mongodb', '18'), refused('redis', 'WRONGPASS'), 'environment/login'],
  [
    'a server that is not primary',
    busy('mongodb', 'NotWritablePrimary'),
    busy('redis', 'READONLY'),
    'environment/read-only',
  ],
  ['a refusal of unknown code', refused('mongodb', '4711'), refused('redis', 'NEWCODE'), 'environment/login'],
  ['an outage of unknown code', busy('mongodb', '4711'), busy('redis', 'NEWCODE'), 'environment/unavailable'],
  ['a provider that is away', unavailable('cohere'), unavailable('groq'), 'environment/unavailable'],
  ['a key that is refused', denied('cohere'), denied('groq'), 'environment/login'],
];

it('the commands write what has to know them, and nothing else changes', { timeout: TIMEOUT_MS }, () => {
  for (const command of [
    ['node', 'tools/checks/dist/main.js', '--write'],
    ['npx', 'nx', 'sync'],
  ]) {
    const { status, output } = run(...command);
    expect(status, output).toBe(0);
  }
  const changed = run('git', 'status', '--porcelain').output.trimEnd().split('\n');
  expect(changed.filter((line) => !line.startsWith('A  ')).sort()).toEqual([
    '?? packages/llm/cohere/',
    '?? packages/storage/mongodb/',
    'AM compose.yaml',
    'AM tsconfig.json',
  ]);
});

it('the checks of the tree are content with them', { timeout: TIMEOUT_MS }, () => {
  const { status, output } = run('node', 'tools/checks/dist/main.js');
  expect(status, output).toBe(0);
});

it.each(['ledger', 'json'] as const)(
  'triage classes their errors as it does their siblings’, from a %s',
  { timeout: TIMEOUT_MS },
  (format) => {
    const errors = PAIRS.flatMap(([name, own, sibling]) => [
      { name: `${name}, new`, error: own },
      { name: `${name}, sibling`, error: sibling },
    ]);
    const classes = triaged(format === 'ledger' ? ledgerOf(errors) : vitestJsonOf(errors));
    expect(classes).toEqual(
      Object.fromEntries(
        PAIRS.flatMap(([name, , , is]) => [`${name}, new`, `${name}, sibling`].map((n) => [n, is])),
      ),
    );
  },
);

it('the table of backends has a row of theirs', { timeout: TIMEOUT_MS }, () => {
  const test = {
    id: 'a',
    file: 'packages/storage/mongodb/src/cases/conformance.test.ts',
    name: 'storage conformance: mongodb > stores',
    markers: [],
    status: 'passed',
  };
  const ledger = write('backends.json', {
    schemaVersion: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    granted: [],
    scope: 'lan',
    guard: { workers: 0, active: 0, blocked: [] },
    services: [],
    env: [],
    tests: [test],
    totals: {},
  });
  const { status, output } = run(
    'node',
    'tools/ci/dist/main.js',
    'backends',
    'docs/guide/backends.md',
    ledger,
  );
  expect(status, output).toBe(0);
  expect(readFileSync(join(copy.root, 'docs/guide/backends.md'), 'utf8')).toContain(
    '| mongodb | unavailable | 1 | – | – |',
  );
});

interface NamedError {
  readonly name: string;
  readonly error: Error;
}

function ledgerOf(errors: readonly NamedError[]): object {
  return {
    schemaVersion: 1,
    tests: errors.map(({ name, error }) => ({
      id: `a.test.ts::${name}`,
      file: 'a.test.ts',
      name,
      status: 'failed',
      failure: { errors: [factsOf(error)] },
    })),
  };
}

function vitestJsonOf(errors: readonly NamedError[]): object {
  const assertionResults = errors.map(({ name, error }) => ({
    ancestorTitles: [],
    title: name,
    status: 'failed',
    failureMessages: [error.stack],
  }));
  return { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults }] };
}

/** Class and subclass of each failure, by the test's name. */
function triaged(report: object): Record<string, string> {
  const path = write('report.json', report);
  const { output } = run('node', 'packages/test-gating/bin/drydock.js', 'triage', '--json', path);
  const rows: { test: string; class: string; subclass: string }[] = JSON.parse(output).failures;
  return Object.fromEntries(
    rows.map((row) => [row.test.replace('a.test.ts::', ''), `${row.class}/${row.subclass}`]),
  );
}

function write(name: string, content: object): string {
  mkdirSync(join(copy.root, REPORTS), { recursive: true });
  writeFileSync(join(copy.root, REPORTS, name), JSON.stringify(content));
  return `${REPORTS}/${name}`;
}
