import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deniedSockets, emptyNamespace, none, type Sandbox, unusable } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace, linked } from './workspace.fixture.js';

const REDIS_URL = process.env.REDIS_URL ?? '';
const CLOSED = 'redis://127.0.0.1:1';
const CANARY = 'canary-key-2f1c9e';
const TIMEOUT = { timeout: 200_000 };

const FILES = {
  'package.json': {
    name: 'acme',
    private: true,
    type: 'module',
    workspaces: ['packages/*'],
    devDependencies: { '@drydock/storage-redis': '*' },
  },
  // Without one, the root's members are not looked for.
  'package-lock.json': { name: 'acme', lockfileVersion: 3, packages: {} },
  'packages/talk/package.json': {
    name: '@acme/talk',
    type: 'module',
    drydock: {
      provider: 'talk',
      probe: { url: 'http://127.0.0.1:1/models', key: 'TALK_API_KEY', header: 'x-key' },
      variables: { TALK_API_KEY: { kind: 'secret' } },
    },
  },
  'packages/talk/vitest.config.js': [
    "import { drydock } from '@drydock/test-gating/vitest';",
    'export default { plugins: [drydock()] };',
  ].join('\n'),
  'packages/talk/talk.llm-real.test.js': [
    "import { it } from 'vitest';",
    "it('answers', { tags: ['smoke'] }, () => { throw new Error('it has no key'); });",
  ].join('\n'),
  'packages/shop/price.integration.test.js': [
    "import { it } from 'vitest';",
    "it('asks a server', { tags: ['smoke'] }, () => {});",
    "it('asks it much', () => { throw new Error('not part of the smallest set'); });",
  ].join('\n'),
};

interface Diagnosis {
  readonly sandbox: { readonly kind: string };
  readonly environment: readonly { readonly name: string; readonly provenance: string }[];
  readonly endpoints: readonly {
    readonly name: string;
    readonly state: string;
    readonly reason?: string;
    readonly check?: { readonly version?: string; readonly findings: readonly { readonly step: string }[] };
    readonly verdict?: { readonly subclass: string; readonly remedy: string };
  }[];
}

let acme: AcmeWorkspace;
beforeAll(() => {
  acme = acmeWorkspace(linked, FILES);
});
afterAll(() => acme.remove());

const drydock = (args: readonly string[], env: Record<string, string> = {}, sandbox = none) =>
  acme.run(sandbox, ['npx', '--no-install', 'drydock', ...args], env);

function diagnose(env: Record<string, string> = {}, sandbox: Sandbox = none) {
  const { status, output } = drydock(['doctor', '--json'], env, sandbox);
  const diagnosis = JSON.parse(output.slice(output.indexOf('{'))) as Diagnosis;
  const endpoint = (name: string) => diagnosis.endpoints.find((one) => one.name === name);
  return { status, output, ...diagnosis, redis: endpoint('redis'), talk: endpoint('talk') };
}

describe('drydock doctor', TIMEOUT, () => {
  it('tells of a server that lets us in and names its version, and of what nobody configured', () => {
    const { status, output, redis, talk, environment } = diagnose({ REDIS_URL });
    expect(status).toBe(0);
    expect(redis).toMatchObject({ state: 'ok', check: { version: expect.stringMatching(/^\d+\.\d+/) } });
    expect(redis?.check?.findings.map(({ step }) => step)).toEqual(['tcp', 'login', 'version']);
    expect(talk).toMatchObject({ state: 'not configured', reason: 'TALK_API_KEY not set' });
    expect(environment).toContainEqual({ name: 'REDIS_URL', provenance: 'process environment' });
    expect(output).not.toContain(new URL(REDIS_URL).password);
  });

  it.each([
    ['a wrong password', () => withPassword(CANARY), 'login'],
    ['a port on which nothing listens', () => CLOSED, 'refused'],
    ['a name that does not exist', () => 'redis://nowhere.invalid:6379', 'dns'],
  ])('%s is the environment’s fault', (_, url, subclass) => {
    const { status, output, redis } = diagnose({ REDIS_URL: url() });
    expect(status).toBe(4);
    expect(redis).toMatchObject({ state: 'failed', verdict: { subclass } });
    expect(output).not.toContain(CANARY);
  });

  it('a malformed variable is wrong usage', () => {
    const { status, output } = drydock(['doctor'], { REDIS_URL: `redi://:${CANARY}@x` });
    expect(status).toBe(2);
    expect(output).toContain('REDIS_URL has the wrong protocol');
    expect(output).not.toContain(CANARY);
  });

  it('a provider that cannot be reached fails, and its key is nowhere', () => {
    const { status, output, talk } = diagnose({ TALK_API_KEY: CANARY });
    expect(status).toBe(4);
    expect(talk).toMatchObject({ state: 'failed', verdict: { subclass: 'refused' } });
    expect(output).not.toContain(CANARY);
  });

  it.for([
    [deniedSockets.name, deniedSockets, 'seccomp'] as const,
    [emptyNamespace.name, emptyNamespace, 'empty-network-namespace'] as const,
  ])('names the sandbox as the one cause: %s', ([, sandbox, kind], { skip }) => {
    const reason = unusable(sandbox);
    if (reason) skip(reason);
    const configured = { REDIS_URL, TALK_API_KEY: CANARY };
    const { status, redis, talk, ...diagnosis } = diagnose(configured, sandbox);
    expect(status).toBe(4);
    expect(diagnosis.sandbox.kind).toBe(kind);
    const verdict = { subclass: 'sandbox', remedy: expect.stringContaining('tests that need none') };
    expect([redis, talk]).toMatchObject([{ verdict }, { verdict }]);
    expect(drydock(['doctor'], configured, sandbox).output).toContain('2 endpoints fail, one cause');
  });
});

describe('the level connectivity', TIMEOUT, () => {
  const level = (env: Record<string, string>) => drydock(['run', '--level', 'connectivity'], env);

  it('has one test for each endpoint, and nothing else runs', () => {
    const { status, output } = level({ REDIS_URL });
    expect(status, output).toBe(0);
    expect(acme.ledger().tests).toMatchObject([
      { name: expect.stringMatching(/^redis > 127\.0\.0\.1:\d+$/), status: 'passed' },
      { name: 'talk > not configured', status: 'unavailable', reason: 'TALK_API_KEY not set' },
    ]);
  });

  it('is never green where nothing was asked', () => {
    const { status, output } = level({ REDIS_URL: '' });
    expect(status).toBe(3);
    expect(output).toContain('REDIS_URL not set');
  });

  it('ends with 4 where something configured does not answer', () => {
    expect(level({ REDIS_URL, TALK_API_KEY: CANARY }).status).toBe(4);
    const { totals, tests } = acme.ledger();
    expect(totals).toMatchObject({ passed: 1, failed: 1 });
    expect(tests.find(({ failure }) => failure)).toMatchObject({
      name: 'talk > 127.0.0.1:1',
      failure: { class: 'environment', subclass: 'refused' },
    });
  });

  it('is a target of Nx', () => {
    const { status, output } = acme.run(none, ['npx', 'nx', 'run-many', '-t', 'connectivity'], {
      TALK_API_KEY: CANARY,
      NX_DAEMON: 'false',
    });
    expect(status, output).not.toBe(0);
    expect(output).toContain('talk at 127.0.0.1:1');
    expect(output).not.toContain(CANARY);
  });
});

describe('the level smoke', TIMEOUT, () => {
  it('asks, runs what carries its tag, and shows what cannot be had', () => {
    const { status, output } = drydock(['run', '--level', 'smoke'], { REDIS_URL });
    expect(status, output).toBe(0);
    const { tests } = acme.ledger();
    expect(tests.map(({ name, status: fate }) => [name.replace(/:\d+$/, ''), fate]).sort()).toEqual([
      ['answers', 'unavailable'],
      ['asks a server', 'passed'],
      ['redis > 127.0.0.1', 'passed'],
    ]);
    expect(tests.find(({ name }) => name === 'answers')?.reason).toBe('TALK_API_KEY not set');
  });

  it('starts nothing where something configured does not answer', () => {
    const { status, output } = drydock(['run', '--level', 'smoke'], { REDIS_URL: CLOSED });
    expect(status).toBe(4);
    expect(output).toContain('No test was started: ');
  });
});

function withPassword(password: string): string {
  const url = new URL(REDIS_URL);
  url.password = password;
  return url.href;
}
