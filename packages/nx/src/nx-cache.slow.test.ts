import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NxWorkspace, nxWorkspace } from './nx-workspace.fixture.js';

const NX_JSON = {
  plugins: [
    {
      plugin: '@drydock/nx',
      options: { command: 'node test.mjs', harness: '@acme/gate', typescript: false },
    },
  ],
  analytics: false,
};
const member = (name: string, dependencies = {}) => ({ name, version: '1.0.0', dependencies });

function workspace(atEnd: (remove: () => void) => void): NxWorkspace {
  return nxWorkspace(
    {
      'package.json': { name: 'acme', private: true, workspaces: ['packages/*'] },
      'nx.json': NX_JSON,
      'packages/gate/package.json': member('@acme/gate', { '@acme/guard': '*' }),
      'packages/gate/gate.js': '',
      'packages/guard/package.json': member('@acme/guard'),
      'packages/guard/guard.js': '',
      ...Object.fromEntries(
        ['api', 'shop'].flatMap((name) => [
          [`packages/${name}/package.json`, member(`@acme/${name}`)],
          [`packages/${name}/a.test.mjs`, ''],
          [`packages/${name}/test.mjs`, "console.log('ran at', process.env.DRYDOCK_LEVEL);"],
        ]),
      ),
    },
    atEnd,
  );
}

describe('the cache of an offline level', { timeout: 120_000 }, () => {
  let acme: NxWorkspace;
  let remove: () => void;
  const fromCache = (target: string, env?: Record<string, string>) => {
    const { status, output } = acme.nx(['run-many', '-t', target], env);
    expect(status, output).toBe(0);
    return output.match(/nx run @acme\/\w+:\w+ {2}\[.*cache.*\]/g)?.length ?? 0;
  };

  beforeAll(() => {
    acme = workspace((end) => {
      remove = end;
    });
    expect(fromCache('test')).toBe(0);
    expect(fromCache('test')).toBe(2);
  }, 120_000);

  afterAll(() => remove());

  it('is asked anew for every package when the harness changes, also when a part of it does', () => {
    appendFileSync(join(acme.root, 'packages/gate/gate.js'), '// changed\n');
    expect(fromCache('test')).toBe(0);
    expect(fromCache('test')).toBe(2);
    appendFileSync(join(acme.root, 'packages/guard/guard.js'), '// changed\n');
    expect(fromCache('test')).toBe(0);
    expect(fromCache('test')).toBe(2);
  });

  it('is asked anew for one package when only that one changes', () => {
    appendFileSync(join(acme.root, 'packages/api/a.test.mjs'), '// changed\n');
    expect(fromCache('test')).toBe(1);
    expect(fromCache('test')).toBe(2);
  });

  it.each([['DRYDOCK_RUN'], ['CI'], ['NODE_OPTIONS'], ['TZ']])('is asked anew when %s changes', (name) => {
    expect(fromCache('test', { [name]: name === 'NODE_OPTIONS' ? '--no-warnings' : 'x' })).toBe(0);
    expect(fromCache('test')).toBe(2);
  });

  it('does not depend on a secret', () => {
    expect(fromCache('test', { GOOGLE_API_KEY: 'one', REDIS_URL: 'redis://one' })).toBe(2);
  });

  it('tells levels apart', () => {
    expect(fromCache('slow')).toBe(0);
    expect(fromCache('slow')).toBe(2);
  });
});
