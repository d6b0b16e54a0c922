import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endpointsIn, readAddress, rulesOf } from './address.js';
import { findEndpoints } from './find-endpoints.js';

/** The schemes that the packages of this workspace describe. */
const SCHEMES = Object.assign(
  {},
  ...['redis', 'neo4j', 'postgres', 'qdrant'].map(
    (backend) => manifestOf(`../../../storage/${backend}/package.json`).drydock.schemes,
  ),
);

function manifestOf(path: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));
}

describe('an address', () => {
  test.each([
    ['redis://db1', 'redis://localhost:6379', { host: 'db1', port: 6379 }],
    ['redis://db1:7000', 'redis://localhost:6379', { host: 'db1', port: 7000 }],
    ['rediss://db1:7000', '', { host: 'db1', port: 7000, tls: { verify: true } }],
    ['bolt+ssc://db1:7687', '', { host: 'db1', port: 7687, tls: { verify: false } }],
    [
      'https://q.test/path',
      'http://localhost:6333',
      { host: 'q.test', port: 443, http: true, tls: { verify: true } },
    ],
    ['http://q.test', 'http://localhost:6333', { host: 'q.test', port: 80, http: true }],
    ['redis://[::1]:7000', '', { host: '::1', port: 7000 }],
    ['postgres://u:p@db1/app', 'postgresql://localhost:5432/app', { host: 'db1', port: 5432 }],
    ['postgres://db1:5432/app?sslmode=disable', '', { host: 'db1', port: 5432 }],
    [
      'postgres://db1:5432/app?sslmode=require',
      '',
      { host: 'db1', port: 5432, tls: { verify: true, after: 'postgres' } },
    ],
    [
      'postgres://db1:5432/app?sslmode=no-verify',
      '',
      { host: 'db1', port: 5432, tls: { verify: false, after: 'postgres' } },
    ],
    ['nonsense', 'redis://localhost:6379', undefined],
    ['redis://db1', '', { host: 'db1', port: 6379 }],
    ['store://db1', '', undefined],
  ])('%s beside the example %s', (address, example, expected) => {
    expect(readAddress(address, { example, schemes: SCHEMES })).toEqual(expected);
  });
});

test.each([
  ['mongodb://u:p@a,b:27018/app', ['a:27017', 'b:27018']],
  ['a:9092, b:9092', ['a:9092', 'b:9092']],
  ['redis://a redis://b:7000', ['a:6379', 'b:7000']],
  ['[::1]:9042', ['[::1]:9042']],
  ['mongodb+srv://u:p@shop.abc.example.net/app', ['shop.abc.example.net', '*.abc.example.net']],
  ['https://search', ['search:443']],
  ['file:./dev.db', []],
  ['./dev.db', []],
  ['/data/app.db', []],
  ['/tmp/x.sock', ['unix:/tmp/x.sock']],
  ['a:9092,/tmp/x.sock', ['a:9092', 'unix:/tmp/x.sock']],
  ['unix:/tmp/x.sock', ['unix:/tmp/x.sock']],
  ['redis+unix:///tmp/x.sock?db=1', ['unix:/tmp/x.sock']],
  ['redis+unix://:pw@/tmp/x.sock', ['unix:/tmp/x.sock']],
  ['http+unix://%2Ftmp%2Fx.sock/v1', ['unix:/tmp/x.sock']],
  ['http://unix:/tmp/x.sock:/v1/items', ['unix:/tmp/x.sock']],
  ['mongodb://u:p@%2Ftmp%2Fmongodb-27017.sock/app', ['unix:/tmp/mongodb-27017.sock']],
  ['mysql://u:p@localhost/app?socketPath=/run/mysqld.sock', ['unix:/run/mysqld.sock']],
  ['postgresql:///app?host=/var/run/postgresql', ['unix:/var/run/postgresql/.s.PGSQL.5432']],
  ['postgresql:///app?host=/var/run/postgresql&port=5433', ['unix:/var/run/postgresql/.s.PGSQL.5433']],
  ['postgresql://u@%2Fvar%2Frun%2Fpostgresql/app', ['unix:/var/run/postgresql/.s.PGSQL.5432']],
  ['socket:/var/run/postgresql?db=app', ['unix:/var/run/postgresql/.s.PGSQL.5432']],
  ['postgresql://u:p@a:5433,b/app', ['a:5433', 'b:5432']],
  ['http://search/?host=/x', ['search:80']],
  ['', []],
])('%s names the servers %j', (value, endpoints) => {
  expect(endpointsIn(value)).toEqual(endpoints);
});

test.each([
  ['db1', {}, ['db1:5432']],
  ['db1', { PGPORT: '5433' }, ['db1:5433']],
  ['a,b', { PGPORT: '5433,5434' }, ['a:5433', 'b:5434']],
  ['a,b', { PGPORT: '5433' }, ['a:5433', 'b:5433']],
  ['::1', {}, ['[::1]:5432']],
  ['/tmp', { PGPORT: '5433' }, ['unix:/tmp/.s.PGSQL.5433']],
])('PGHOST=%s beside %j names %j', (value, env, endpoints) => {
  const rules = rulesOf({ port: 'PGPORT', example: 'postgresql://localhost:5432' }, env);
  expect(endpointsIn(value, rules)).toEqual(endpoints);
});

test('a scheme that no package describes speaks in clear', () => {
  expect(readAddress('mongodbs://db1:27017')).toEqual({ host: 'db1', port: 27017 });
  expect(
    readAddress('mongodb://db1:27017?tls=true', {
      schemes: { 'mongodb:': { parameters: { tls: { true: 'verify' } } } },
    }),
  ).toEqual({ host: 'db1', port: 27017, tls: { verify: true } });
});

describe('endpoints of a project', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'endpoints-test-'));
    write('package.json', { name: 'app', dependencies: { store: '*', talk: '*' } });
    write('node_modules/store/package.json', {
      name: 'store',
      drydock: {
        backend: 'store',
        service: './dist/service.js',
        versions: '>=2',
        variables: {
          STORE_KEY: { kind: 'secret' },
          STORE_URL: { kind: 'url', example: 'store://localhost:4000' },
        },
      },
    });
    write('node_modules/talk/package.json', {
      name: 'talk',
      drydock: {
        provider: 'talk',
        probe: { url: 'https://api.talk.test/v1/models', key: 'TALK_KEY', header: 'x-key' },
        variables: { TALK_KEY: { kind: 'secret' }, TALK_BASE_URL: { kind: 'url' } },
      },
    });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const find = (env: Record<string, string>) => findEndpoints(root, { env, provenance: [] });

  test('an endpoint that nobody configured names the variable to set', () => {
    expect(find({}).map(({ name, absence, target }) => [name, absence, target])).toEqual([
      ['store', 'STORE_URL not set', undefined],
      ['talk', 'TALK_KEY not set', undefined],
    ]);
  });

  test('a key alone configures no server', () => {
    expect(find({ STORE_KEY: 'k' })[0]).toMatchObject({ absence: 'STORE_URL not set' });
  });

  test('a server is checked at its address, with its own module and against its versions', () => {
    const [store] = find({ STORE_URL: 'store://db1' });
    expect(store?.target).toMatchObject({
      host: 'db1',
      port: 4000,
      versions: '>=2',
      login: { kind: 'module', module: expect.stringMatching(/store.dist.service\.js$/) },
    });
    expect(store?.settings).toEqual([{ name: 'STORE_URL', provenance: 'process environment' }]);
  });

  test('a provider is probed for its models with its key, which stays out of the target', () => {
    const talk = find({ TALK_KEY: 'canary-4711' })[1];
    expect(talk?.target).toMatchObject({
      host: 'api.talk.test',
      port: 443,
      login: { kind: 'http', url: 'https://api.talk.test/v1/models', header: 'x-key', variable: 'TALK_KEY' },
    });
    expect(JSON.stringify(talk)).not.toContain('canary-4711');
  });

  test('a server that speaks the provider’s protocol is probed in its place, with a key or without', () => {
    const talk = find({ TALK_BASE_URL: 'http://localhost:11434/v1/' })[1];
    expect(talk?.target).toMatchObject({
      host: 'localhost',
      port: 11434,
      login: { url: 'http://localhost:11434/v1/models' },
    });
  });

  test('a well-known variable and one of the project, once set, are servers without a package', () => {
    write('package.json', { name: 'app', drydock: { variables: { BILLING_API: { kind: 'url' } } } });
    const own = find({ BILLING_API: 'http://billing:8080', KAFKA_BROKERS: 'k1:9092,k2:9092' });
    expect(own.map(({ name, target }) => [name, target?.host, target?.port])).toEqual([
      ['kafka', 'k1', 9092],
      ['kafka 2', 'k2', 9092],
      ['billing', 'billing', 8080],
    ]);
  });

  test('a server is named with what stands beside its address, and a socket is one', () => {
    const [, , own] = find({
      MONGO_URL: 'mongodb://db1/app',
      MONGO_PASSWORD: 'p',
      MONGO_TIMEOUT: '1',
      PATH: '/bin',
    });
    expect(own?.settings.map(({ name }) => name)).toEqual(['MONGO_URL', 'MONGO_PASSWORD']);
    const [, , postgres] = find({ PGHOST: '/tmp', PGUSER: 'me', PGPASSWORD: 'p' });
    expect(postgres?.target).toMatchObject({ name: 'postgresql', socket: '/tmp/.s.PGSQL.5432' });
    expect(postgres?.settings.map(({ name }) => name)).toEqual(['PGHOST', 'PGPASSWORD', 'PGUSER']);
  });

  function write(path: string, content: object): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(content));
  }
});
