import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject, type Outcome } from '../testing/project.fixture.js';

/** A value without any look: known by the environment alone, from which an offline run removes it. */
const TOKEN = 'Qz8Lm4Vn3Kp7Rt5Wy2Hc9Jd6';
const IN_FILE = 'pW4xTz9bNe6sUa3k';
const SHAPED = `ghp_${'aB3dE6gH9jK2mN5pQ8'.repeat(2)}`;
const ALL = [TOKEN, IN_FILE, SHAPED];

const SINKS = `
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
const secrets = readFileSync('secrets.txt', 'utf8').split(' ');
const [token, inFile] = secrets;
const all = secrets.join(' ');
test('hidden', () => expect(process.env.ACME_API_KEY).toBeUndefined());
test.each(secrets)('name %s', () => {});
test('message', () => { throw new Error(all, { cause: { all } }); });
test('cut short', () => { expect(token + token + token).toBe('x'); });
test('diff', () => { expect(token).toBe(token.replace('L', 'X').replace('7', '6')); });
test('console', () => { console.log('told', all); });
test('pieces', async () => { for (const char of 'told ' + all + '\\n') process.stdout.write(char); });
test('descriptor', () => { for (const char of 'told ' + all + '\\n') writeSync(1, char); writeSync(2, all); });
test('child', () => { spawnSync(process.execPath, ['-e', 'for (const c of process.argv[1]) process.stdout.write(c)', all], { stdio: 'inherit' }); });
test('skip', ({ skip }) => skip('because ' + all));
test('meta', ({ task }) => { task.meta.mine = { note: all }; });
test('annotation', async ({ annotate }) => {
  writeFileSync('attached.txt', all);
  await annotate('told ' + all, { body: all });
  await annotate('file', { path: 'attached.txt' });
});
test('rejection', async () => { void Promise.reject(new Error(all)); await new Promise((done) => setTimeout(done, 20)); });
test('snapshot', () => { expect({ body: token }).toMatchSnapshot(); });
`;

const REPORTERS = ['default', 'json', 'junit', 'blob'];
let project: FixtureProject;
let outcome: Outcome;

beforeAll(async () => {
  project = createFixtureProject({
    'secrets.txt': ALL.join(' '),
    '.env': `ACME_PASSWORD=${IN_FILE}\n`,
    'sinks.test.js': SINKS,
    'clean.test.js':
      "import { expect, test } from 'vitest';\ntest('clean', () => expect({ a: 1 }).toMatchSnapshot());",
  });
  outcome = await project.vitest(
    [
      ...REPORTERS.map((name) => `--reporter=${name}`),
      '--outputFile.json=out/report.json',
      '--outputFile.junit=out/report.xml',
      '--outputFile.blob=out/blob.json',
      '--pool=forks',
    ],
    { ACME_API_KEY: TOKEN, NO_COLOR: undefined, FORCE_COLOR: '1' },
  );
}, 120_000);
afterAll(() => project.remove());

/** Whether a text shows a secret, or all of it but an end. */
function leaksIn(text: string): string[] {
  const plain = stripVTControlCharacters(text).replaceAll(/\\u001b\[[\d;]*m/g, '');
  return ALL.filter((secret) => plain.includes(secret.slice(0, 12)));
}

describe('an offline run shows no value that it hides from its tests', () => {
  test('in the terminal', () => {
    expect(outcome.stdout).toContain('told');
    expect(leaksIn(outcome.stdout + outcome.stderr)).toEqual([]);
  });

  test.each(['out/report.json', 'out/report.xml', 'out/blob.json'])('in %s', (file) => {
    const text = readFileSync(join(project.root, file), 'utf8');
    expect(text).toContain('[redacted ACME_API_KEY]');
    expect(leaksIn(text)).toEqual([]);
  });

  test('in the ledger', () => {
    expect(outcome.ledger?.totals.failed).toBeGreaterThan(0);
    expect(leaksIn(JSON.stringify(outcome.ledger))).toEqual([]);
  });

  test('in attached files', () => {
    const folder = join(project.root, '.vitest-attachments');
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts).toHaveLength(1);
    expect(leaksIn(texts.join())).toEqual([]);
  });
});

test('a snapshot with a known secret is not stored, and says so; another is', () => {
  expect(readdirSync(join(project.root, '__snapshots__'))).toEqual(['clean.test.js.snap']);
  expect(stripVTControlCharacters(outcome.stdout + outcome.stderr)).toContain(
    'A snapshot would store the secret ACME_API_KEY in',
  );
});

test('what a report says beside the secrets stays', () => {
  const { tests = [] } = outcome.ledger ?? {};
  expect(tests.find(({ name }) => name === 'skip')?.reason).toBe(
    'because [redacted ACME_API_KEY] [redacted ACME_PASSWORD] [redacted github-token]',
  );
  expect(tests.find(({ name }) => name === 'hidden')?.status).toBe('passed');
});
