import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { historyFolder } from '@drydock/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNGUARDED } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace, REPOSITORY, unsteered } from './workspace.fixture.js';

const DRYDOCK = join(REPOSITORY, 'packages/test-gating/bin/drydock.js');
const TIMEOUT = 150_000;

/** A test that ends only once the other run has reached its own. */
const meets = (own: string, other: string) => `import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
it('${own}', async () => {
  writeFileSync('../${own}.txt', '');
  await expect.poll(() => existsSync('../${other}.txt'), { timeout: 90_000, interval: 50 }).toBe(true);
}, 100_000);`;

let acme: AcmeWorkspace;
beforeAll(() => {
  acme = acmeWorkspace(undefined, {
    'packages/shop/price.test.js': meets('offline', 'slow'),
    'packages/shop/price.slow.test.js': meets('slow', 'offline'),
  });
});
afterAll(() => acme.remove());

it(
  'two runs of one Nx workspace at once, of two levels, each end with their own tests',
  async () => {
    const runs = await Promise.all([passedIn(['run']), passedIn(['run', '--level', 'slow', '-m', 'slow'])]);
    expect(runs).toEqual([['offline'], ['slow']]);
    expect(recordsOf(acme)).toHaveLength(2);
  },
  TIMEOUT,
);

it(
  'two runs at once whose results come from the cache both have them',
  async () => {
    expect(await passedIn(['run'])).toEqual(['offline']);
    expect(await Promise.all([passedIn(['run']), passedIn(['run'])])).toEqual([['offline'], ['offline']]);
  },
  TIMEOUT,
);

function recordsOf({ root }: AcmeWorkspace): string[] {
  return readdirSync(historyFolder(root)).filter((name) => name.endsWith('.gz'));
}

/** Names of the tests that passed in a run; fails where the run did. */
async function passedIn(args: readonly string[]): Promise<string[]> {
  const { root } = acme;
  const [program = '', ...words] = [...UNGUARDED, process.execPath, DRYDOCK, ...args, '--json'];
  const child = spawn(program, words, {
    cwd: root,
    env: { ...unsteered(process.env), NX_CACHE_DIRECTORY: join(root, '.nx/cache'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  const ledger = output.join('') || '{"tests":[]}';
  const tests = (JSON.parse(ledger) as ReturnType<AcmeWorkspace['ledger']>).tests;
  expect(
    tests.filter(({ status }) => status === 'failed'),
    errors.join(''),
  ).toEqual([]);
  return tests.filter(({ status }) => status === 'passed').map(({ name }) => name);
}
