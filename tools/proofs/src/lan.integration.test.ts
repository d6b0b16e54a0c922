/** @module-tag slow */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Checkout, checkout } from './checkout.fixture.js';
import { type Lan, lanMissing, openLan } from './lan.fixture.js';
import { acmeWorkspace, linked, REPOSITORY } from './workspace.fixture.js';

const BACKENDS = ['redis', 'postgres', 'neo4j', 'typesense'] as const;
const PEOPLE = ['alice', 'bob'] as const;
const LEAST_CASES = 80;
const MINUTE_MS = 60_000;
const LONGEST_RUN_MS = 12 * MINUTE_MS;
const TOLD_LINES = 40;

type Name = (typeof BACKENDS)[number] | (typeof PEOPLE)[number];

/** Servers listen on their own machine's loopback: this lets the others in, as a server's `bind` would. */
const RELAY = [
  "const net = require('node:net');",
  'const [host, port] = process.argv.slice(1);',
  'net.createServer((near) => {',
  "  const far = net.connect(port, '127.0.0.1');",
  "  near.pipe(far).on('error', () => near.destroy());",
  "  far.pipe(near).on('error', () => far.destroy());",
  "}).listen(port, host, () => console.log('listening'));",
].join('\n');

/** Everything that somebody may have left on the servers, by backend. */
const REMAINS = [
  "import { Redis } from 'ioredis';",
  "import pg from 'pg';",
  "import neo4j from 'neo4j-driver';",
  'const { REDIS_URL, POSTGRES_URL, NEO4J_BOLT, NEO4J_USER, NEO4J_PASSWORD, TYPESENSE_URL, TYPESENSE_API_KEY } = process.env;',
  'const redis = new Redis(REDIS_URL);',
  'const postgres = new pg.Client(POSTGRES_URL); await postgres.connect();',
  'const graph = neo4j.driver(NEO4J_BOLT, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));',
  'const rows = async (text) => (await postgres.query(text)).rows.map((row) => Object.values(row)[0]);',
  "const values = async (text) => (await graph.executeQuery(text, {}, { database: 'neo4j' })).records.map((record) => String(record.get(0)));",
  "const typesense = async (path) => (await fetch(TYPESENSE_URL + path, { headers: { 'x-typesense-api-key': TYPESENSE_API_KEY } })).json();",
  'console.log(JSON.stringify({',
  "  redis: await redis.keys('*'),",
  '  postgres: [...await rows("SELECT nspname FROM pg_namespace WHERE nspname !~ \'^pg_\'"), ...await rows("SELECT relname FROM pg_stat_user_tables"), ...await rows(\'SELECT rolname FROM pg_roles\')].sort(),',
  "  neo4j: [...await values('MATCH (n) RETURN labels(n)'), ...await values('SHOW CONSTRAINTS YIELD name'), ...await values('SHOW INDEXES YIELD name')].sort(),",
  "  typesense: [...await typesense('/collections'), ...(await typesense('/keys')).keys].map(({ name, id }) => name ?? id),",
  '}));',
  'redis.disconnect(); await postgres.end(); await graph.close();',
].join('\n');

let missing: string | undefined;
let lan: Lan<Name>;
let variables: Readonly<Record<string, string>> = {};
const stops: (() => Promise<unknown>)[] = [];
const folders: { readonly root: string; remove(): void }[] = [];

beforeAll(async () => {
  missing = await lanMissing();
  if (missing) return;
  lan = await openLan<Name>([...BACKENDS, ...PEOPLE]);
  await Promise.all(BACKENDS.map(serve));
}, 5 * MINUTE_MS);

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await lan?.close();
  for (const { remove } of folders) remove();
}, MINUTE_MS);

it('two people run the integration tests at once against servers on a LAN, and leave nothing there', {
  timeout: LONGEST_RUN_MS + 2 * MINUTE_MS,
}, async ({ skip }) => {
  if (missing) skip(missing);
  const before = await remains();

  const runs = await Promise.all(PEOPLE.map(runAs));

  expect(
    runs.map(({ status }) => status),
    runs.map(tellFailure).join(''),
  ).toEqual([0, 0]);
  for (const { who, ledger } of runs) {
    const { services, tests } = ledger();
    const provenances = services.map(({ backend, provenance }) => [backend, provenance]);
    expect(Object.fromEntries(provenances), who).toEqual(
      Object.fromEntries(BACKENDS.map((backend) => [backend, 'process environment'])),
    );
    for (const backend of BACKENDS) {
      const fates = tests.filter(({ project }) => project.endsWith(`storage-${backend}`));
      const passed = fates.filter((test) => test.status === 'passed');
      expect(passed.length, `${who}: ${backend}`).toBeGreaterThanOrEqual(LEAST_CASES);
    }
  }
  expect(await remains()).toEqual(before);
});

/** Whose run failed, in what, and its last lines: there stand the causes and what to do. */
function tellFailure({ who, status, output, ledger }: Awaited<ReturnType<typeof runAs>>): string {
  if (status === 0) return '';
  const how =
    status === null ? `took longer than ${LONGEST_RUN_MS / MINUTE_MS} minutes` : `ended with ${status}`;
  const lines = output.trimEnd().split('\n').slice(-TOLD_LINES);
  const failed = failuresOf(ledger).slice(0, TOLD_LINES);
  return [`the run of ${who} ${how}`, ...failed, 'its last lines:', ...lines, ''].join('\n');
}

function failuresOf(ledger: Checkout['ledger']): string[] {
  try {
    const failed = ledger().tests.filter((test) => test.status === 'failed');
    return failed.map(({ id, failure }) => ` ✖ ${id}: ${failure?.evidence.split('\n')[0]}`);
  } catch {
    // A run that ended early has written none.
    return [];
  }
}

function own<T extends (typeof folders)[number]>(made: T): T {
  folders.push(made);
  return made;
}

/** Starts one server on a machine of its own, and lets the others reach it. */
async function serve(backend: (typeof BACKENDS)[number]): Promise<void> {
  const host = lan.hosts[backend];
  const { root: cwd } = own(acmeWorkspace(linked, projectOf(backend)));
  const drydock = (...args: string[]) =>
    host.run(['npx', '--no-install', 'drydock', 'services', ...args, backend], {
      cwd,
      env: unsteered(),
      timeoutMs: 4 * MINUTE_MS,
    });
  const up = await drydock('up');
  expect(up.status, up.output).toBe(0);
  stops.push(() => drydock('down'));
  const { output } = await drydock('env');
  const local = output.matchAll(/^([A-Z0-9_]+)="(.*)"$/gm);
  const reachable = [...local].map(([, name = '', value = '']) => [
    name,
    value.replace('127.0.0.1', host.address),
  ]);
  variables = { ...variables, ...Object.fromEntries(reachable) };
  const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(output) ?? [];
  await host.start([process.execPath, '-e', RELAY, host.address, port], { cwd });
}

async function runAs(who: (typeof PEOPLE)[number]) {
  const { root, ledger }: Checkout = own(checkout());
  const files = BACKENDS.map(
    (backend) => `packages/storage/${backend}/src/cases/${backend}.integration.test.ts`,
  );
  const command = [
    'npx',
    '--no-install',
    'drydock',
    'run',
    '--level',
    'integration',
    ...files,
    '--require',
    ...BACKENDS,
  ];
  const { status, output } = await lan.hosts[who].run(command, {
    cwd: root,
    env: {
      ...unsteered(),
      ...variables,
      NX_CACHE_DIRECTORY: `${root}/.nx/cache`,
      // Backend after backend: both people are then at the same server, and a small machine is not starved.
      NX_PARALLEL: '1',
      NO_COLOR: '1',
    },
    timeoutMs: LONGEST_RUN_MS,
  });
  return { who, status, output, ledger };
}

async function remains(): Promise<unknown> {
  const { status, output } = await lan.hosts.alice.run(
    [process.execPath, '--input-type=module', '-e', REMAINS],
    { cwd: REPOSITORY, env: { ...unsteered(), ...variables } },
  );
  expect(status, output).toBe(0);
  return JSON.parse(output);
}

/** A project of somebody's that uses the backend. */
function projectOf(backend: string) {
  return {
    'package.json': {
      name: 'acme',
      private: true,
      type: 'module',
      devDependencies: { [`@drydock/storage-${backend}`]: '*' },
    },
    // Without one, the root's members are not looked for.
    'package-lock.json': { name: 'acme', lockfileVersion: 3, packages: {} },
  };
}

/** What the run around this test says to its children would steer the runs inside, or name other servers. */
function unsteered(): NodeJS.ProcessEnv {
  const steering =
    /^(?:NX_|VITEST|DRYDOCK_|npm_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|CI$|REDIS_|POSTGRES_|NEO4J_|TYPESENSE_|QDRANT_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name)));
}
