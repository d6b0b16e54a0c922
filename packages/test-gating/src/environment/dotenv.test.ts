import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadEnvFiles } from './dotenv.js';
import { EnvironmentUsageError } from './environment-usage-error.js';

let root: string;
let app: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-env-'));
  app = join(root, 'packages/app');
  mkdirSync(app, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFileSync(join(root, path), text);

function load(env: NodeJS.ProcessEnv, options: { override?: boolean; names?: string[] } = {}) {
  const loaded = loadEnvFiles({ dirs: [root, app], env, ...options });
  return Object.fromEntries(loaded.map(({ name, provenance }) => [name, provenance]));
}

test('a later file wins: .env.local over .env, the project over the root', () => {
  write('.env', 'A=root\nB=root\nC=root\nD=root\n');
  write('.env.local', 'B=local\nC=local\nD=local\n');
  write('packages/app/.env', 'C=app\nD=app\n');
  write('packages/app/.env.local', 'D=app-local\n');
  const env = {};
  expect(load(env)).toEqual({
    A: '.env',
    B: '.env.local',
    C: 'packages/app/.env',
    D: 'packages/app/.env.local',
  });
  expect(env).toEqual({ A: 'root', B: 'local', C: 'app', D: 'app-local' });
});

test('the process environment wins, an empty value too', () => {
  write('.env', 'A=file\nB=file\n');
  const env = { A: 'process', B: '' };
  expect(load(env)).toEqual({ A: 'process environment', B: 'process environment' });
  expect(env).toEqual({ A: 'process', B: '' });
});

test('with override the files win', () => {
  write('.env', 'A=file\n');
  write('.env.local', 'A=local\n');
  const env = { A: 'process' };
  expect(load(env, { override: true })).toEqual({ A: '.env.local' });
  expect(env).toEqual({ A: 'local' });
});

test('names that only the process has are told when asked for', () => {
  expect(load({ REDIS_URL: 'x', OTHER: 'y' }, { names: ['REDIS_URL', 'POSTGRES_URL'] })).toEqual({
    REDIS_URL: 'process environment',
  });
});

test('quotes, export, comments, line breaks and a byte order mark are read as dotenv reads them', () => {
  write('.env', '\uFEFFA="two\\nlines"\nexport B=\'b # no comment\'\nC=c # comment\r\nD=\n');
  const env = {};
  load(env);
  expect(env).toEqual({ A: 'two\nlines', B: 'b # no comment', C: 'c', D: '' });
});

test('nothing is printed', () => {
  write('.env', 'A=1\n');
  const writes = [
    vi.spyOn(process.stdout, 'write'),
    vi.spyOn(process.stderr, 'write'),
    vi.spyOn(console, 'log'),
  ];
  load({});
  for (const write of writes) {
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  }
});

test('a missing file and a folder of that name are passed over', () => {
  mkdirSync(join(root, '.env'));
  expect(load({})).toEqual({});
});

test.skipIf(process.platform === 'win32')('a file that cannot be read is a usage error that names it', () => {
  symlinkSync('.env', join(root, '.env'));
  expect(() => load({})).toThrow(EnvironmentUsageError);
  expect(() => load({})).toThrow(`${join(root, '.env')} cannot be read (ELOOP)`);
});

describe('under Nx, which loads files before anything else runs', () => {
  const NX = { NX_TASK_TARGET_PROJECT: 'app', NX_TASK_TARGET_TARGET: 'integration' };

  test('a value that equals a file’s has that file as its provenance', () => {
    write('.env', 'A=file\nB=file\n');
    const env = { ...NX, A: 'file', B: 'shell' };
    expect(load(env)).toEqual({ A: '.env', B: 'process environment' });
    expect(env).toMatchObject({ A: 'file', B: 'shell' });
  });

  test('files rank as they would without Nx', () => {
    write('.env', 'A=root\n');
    write('packages/app/.env', 'A=app\n');
    const env = { ...NX, A: 'root' };
    expect(load(env)).toEqual({ A: 'packages/app/.env' });
    expect(env).toMatchObject({ A: 'app' });
  });

  test.each(['.local.env', '.env.integration', '.integration.env'])(
    '%s is recognised, which only Nx loads',
    (file) => {
      write(file, 'A=file\n');
      expect(load({ ...NX, A: 'file' }, { names: ['A'] })).toEqual({ A: file });
    },
  );

  test('without Nx an equal value came from the process', () => {
    write('.env', 'A=file\n');
    expect(load({ A: 'file' })).toEqual({ A: 'process environment' });
  });
});

describe('what is not a file of a usual size is refused in one line', () => {
  const problem = (): string => {
    try {
      load({});
    } catch (error) {
      expect(error).toBeInstanceOf(EnvironmentUsageError);
      return (error as Error).message;
    }
    return 'nothing';
  };

  test.skipIf(process.platform === 'win32')('an endless device', () => {
    symlinkSync('/dev/zero', join(root, '.env'));
    expect(problem()).toBe(`${join(root, '.env')} is not a regular file.`);
  });

  test('200,000 lines', () => {
    write('.env', 'ACME_TOKEN=abcdefgh\n'.repeat(200_000));
    expect(problem()).toBe(`${join(root, '.env')} has 4000000 bytes; at most 1048576 are read.`);
  });

  test('one value of 50 MB', () => {
    write('.env', `ACME_TOKEN=${'x'.repeat(50_000_000)}`);
    expect(problem()).toMatch(/has 50000011 bytes; at most 1048576 are read\.$/);
  });
});
