import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock()], test: { env: { CONFIGURED_TOKEN: 'of the config' } } };
`;
const HONEST = `
import { beforeAll, expect, it } from 'vitest';
beforeAll(() => { process.env.SUITE_TOKEN = 'of the suite'; });
it.each([['test'], [''], [undefined]])('sets %j', (value) => {
  process.env.GITHUB_TOKEN = value;
  expect(process.env.GITHUB_TOKEN).toBe(String(value));
});
it('replaces the environment', () => {
  const before = process.env;
  process.env = { ...before, GITHUB_TOKEN: 'x', REDIS_URL: 'redis://fake' };
  expect([process.env.GITHUB_TOKEN, process.env.REDIS_URL]).toEqual(['x', 'redis://fake']);
  process.env = before;
});
it('sees what the suite and the configuration set, and nothing of another test', () => {
  expect(process.env.SUITE_TOKEN).toBe('of the suite');
  expect(process.env.CONFIGURED_TOKEN).toBe('of the config');
  expect([process.env.GITHUB_TOKEN, process.env.REDIS_URL]).toEqual([undefined, undefined]);
});
`;
const OUTSIDE = `
import { readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { config } from 'dotenv';
import { it } from 'vitest';
it('assigns a value of .env', () => Object.assign(process.env, parseEnv(readFileSync('.env', 'utf8'))));
it('loads a file elsewhere', () => {
  writeFileSync('secrets.txt', 'MISTRAL_API_KEY=elsewhere');
  config({ path: 'secrets.txt', quiet: true });
});
it('lets Node load a file', () => process.loadEnvFile('secrets.txt'));
it('replaces the environment', () => { process.env = { ...process.env, OTHER_TOKEN: 'of-the-env-file' }; });
`;

let project: FixtureProject;
beforeAll(() => {
  project = createFixtureProject({
    'vitest.config.ts': CONFIG,
    'honest.test.js': HONEST,
    'outside.test.js': OUTSIDE,
    '.env': 'GROQ_API_KEY=of-the-env-file\n',
  });
});
afterAll(() => project.remove());

it('a test may set values of its own, which go after it, and none of the machine', {
  timeout: 60_000,
}, async () => {
  const { ledger, stdout } = await project.vitest([], { GITHUB_TOKEN: 'of-the-shell' });
  const results = (file: string) => ledger?.tests.filter((test) => test.file.endsWith(file)) ?? [];
  expect(
    results('honest.test.js').map(({ status }) => status),
    stdout,
  ).toEqual(Array(5).fill('passed'));
  expect(results('outside.test.js').map(({ failure }) => failure?.subclass)).toEqual(
    Array(4).fill('offline-variable'),
  );
});
