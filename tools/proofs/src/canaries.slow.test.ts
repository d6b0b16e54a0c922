import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARIES, CONFIGURED, CONFIGURED_SECRETS } from './canaries.fixture.js';
import { none, type Outcome } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace } from './workspace.fixture.js';

// Each of these runs Vitest, which a busy machine may keep waiting.
const TIMEOUT_MS = 200_000;

/** Where a test may leave a secret. */
const SINKS = `
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
const canaries = JSON.parse(readFileSync(new URL('./canaries.json', import.meta.url), 'utf8'));
const part = (index) => canaries.slice(0, 200).filter((_, at) => at % 10 === index);
const all = (index) => part(index).join('\\n');

describe('sinks', () => {
  test('message', () => { throw new Error(all(0)); });
  test('cause', () => { throw new Error('outer', { cause: new Error(all(1), { cause: { deep: part(1) } }) }); });
  test('own properties', () => { throw Object.assign(new Error('x'), { request: { body: part(2) } }); });
  test('diff', () => { expect({ seen: part(3) }).toEqual({ seen: part(4) }); });
  test.each(part(4))('name %s', () => { throw new Error('named'); });
  test('console', () => { for (const text of part(5)) console.log(text); console.error(new Error(all(5))); console.log({ nested: part(5) }); });
  test('streams', () => { process.stdout.write(all(6) + '\\n'); process.stderr.write(Buffer.from(all(6) + '\\n')); });
  test('many at once', () => { throw new AggregateError(part(7).map((text) => new Error(text)), all(7)); });
  test('a rejection that nobody catches', async () => { void Promise.reject(new Error(all(8))); await new Promise((resolve) => setTimeout(resolve, 20)); });
  test('what was thrown is text', () => { throw all(9); });
  test('a note', async ({ annotate }) => { await annotate(all(0)); });
  test('configured', () => { if (!process.env.NEO4J_PASSWORD) return; for (const text of canaries.slice(-8)) console.log('it is ' + text); throw new Error(canaries.slice(-8).join(' ')); });
});
describe('hooks', () => {
  beforeAll(() => { throw new Error(all(1)); });
  afterAll(() => { throw new Error(all(2)); });
  test('waits', () => {});
});
`;

const VITEST = [
  ...['npx', 'vitest', 'run', '--root', 'packages/leaky'],
  ...['default', 'json', 'junit', 'github-actions'].map((name) => `--reporter=${name}`),
  ...['--outputFile.json=out/report.json', '--outputFile.junit=out/report.xml'],
];
// What only the environment names is known where the environment is: an offline run loads no `.env` file.
const GRANTED = { DRYDOCK_RUN: 'integration' };
const OUT = 'packages/leaky/out';

let acme: AcmeWorkspace;
beforeAll(() => {
  acme = acmeWorkspace();
  const texts = [...CANARIES.map(({ text }) => text), ...CONFIGURED_SECRETS];
  const files = {
    'package.json': JSON.stringify({ name: '@acme/leaky', version: '1.0.0', type: 'module' }),
    'vitest.config.js': readFileSync(join(acme.root, 'packages/shop/vitest.config.js'), 'utf8'),
    'sinks.test.js': SINKS,
    'broken.test.js': `throw new Error(${JSON.stringify(texts.slice(0, 60).join('\n'))});`,
    'canaries.json': JSON.stringify(texts),
    '.env': Object.entries(CONFIGURED)
      .map(([name, value]) => `${name}='${value}'`)
      .join('\n'),
  };
  mkdirSync(join(acme.root, 'packages/leaky'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(acme.root, 'packages/leaky', name), text);
});
afterAll(() => acme.remove());

describe.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['vitest and its reporters', VITEST, GRANTED],
  ['drydock run --agent', ['npx', '--no-install', 'drydock', 'run', '--agent'], {}],
  [
    'drydock run',
    ['npx', '--no-install', 'drydock', 'run'],
    { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' },
  ],
  ['drydock report', ['npx', '--no-install', 'drydock', 'report', '--allure', `${OUT}/allure`], {}],
  [
    'drydock triage',
    ['npx', '--no-install', 'drydock', 'triage', `${OUT}/report.json`, `${OUT}/report.xml`, '--json'],
    {},
  ],
  ['drydock doctor', ['npx', '--no-install', 'drydock', 'doctor'], CONFIGURED],
])('%s', (_, command, env) => {
  let outcome: Outcome;
  beforeAll(() => {
    outcome = acme.run(none, command, env);
  }, TIMEOUT_MS);

  it('says something, and none of 208 secrets', () => {
    expect(outcome.output.length).toBeGreaterThan(100);
    expect(leaksIn(outcome.output)).toEqual([]);
  });
});

it('no file that the runs left holds one', () => {
  const files = filesBelow(acme.root).filter((path) => /[\\/](?:\.drydock|out)[\\/]|summary\.md$/.test(path));
  expect(files.map((path) => path.split(/[\\/]/).at(-1))).toEqual(
    expect.arrayContaining([
      'ledger.json',
      'junit.xml',
      'report.html',
      'ctrf.json',
      'report.json',
      'report.xml',
    ]),
  );
  const leaks = files.flatMap((path) =>
    leaksIn(readFileSync(path, 'utf8')).map((leak) => `${path}: ${leak}`),
  );
  expect(leaks).toEqual([]);
});

/** Which canaries a text holds, by number; a secret of several lines counts when any line of it is there. */
function leaksIn(text: string): string[] {
  const shaped = CANARIES.flatMap(({ value }, index) =>
    linesOf(value).some((line) => text.includes(line)) ? [`canary ${index}`] : [],
  );
  const configured = CONFIGURED_SECRETS.filter((secret) => text.includes(secret)).map(
    (_, index) => `configured ${index}`,
  );
  return [...shaped, ...configured];
}

function linesOf(value: string): string[] {
  return value.split(/\\n|\n/).filter((line) => line.length > 8 && !line.startsWith('-----'));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules') return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
