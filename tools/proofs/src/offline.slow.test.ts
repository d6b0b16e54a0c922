import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { deniedSockets, emptyNamespace, none, type Sandbox, unusable } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace } from './workspace.fixture.js';

const PROBE = `
  const net = require('node:net');
  const server = net.createServer().on('error', ({ code }) => console.log('listen', code));
  server.listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1')
      .on('connect', () => { console.log('connected'); process.exit(); });
  });
  net.connect(9, '127.0.0.1').on('error', ({ code }) => console.log('connect', code));
  setTimeout(() => process.exit(), 500);
`;

const SERVES = `
  import { createServer } from 'node:http';
  import { it } from 'vitest';
  it('serves', () => new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => server.close(resolve));
  }));
`;

// Longer than the fixture gives a command, which then says what it was doing.
const TIMEOUT = { timeout: 200_000 };

const WALLS = [
  { name: emptyNamespace.name, sandbox: emptyNamespace, seen: /connect ENETUNREACH/ },
  { name: deniedSockets.name, sandbox: deniedSockets, seen: /listen EPERM/ },
];

let acme: AcmeWorkspace;
beforeAll(() => {
  acme = acmeWorkspace();
});
afterAll(() => acme.remove());

describe.each(WALLS)('in $name', TIMEOUT, ({ sandbox, seen }) => {
  beforeEach((context) => need(sandbox, context));

  it('there is no network to use', () => {
    expect(acme.run(sandbox, [process.execPath, '-e', PROBE]).output).toMatch(seen);
    expect(acme.run(none, [process.execPath, '-e', PROBE]).output).toContain('connected');
  });

  it('`npm test` runs the offline tests and gates the others', () => {
    const { status, output } = acme.run(sandbox, ['npm', 'test'], { NX_SKIP_NX_CACHE: 'true' });
    expect(status, output).toBe(0);
    expect(acme.ledger().totals).toMatchObject({ passed: 1, gated: 1, failed: 0 });
    expect(output).toContain('--run-integration');
  });
});

it(
  'a server that a test cannot open is blamed on the sandbox, and the code that uses it is not',
  TIMEOUT,
  (context) => {
    need(deniedSockets, context);
    const file = join(acme.root, 'packages/shop/server.test.js');
    writeFileSync(file, SERVES);
    const { status, output } = acme.run(deniedSockets, ['npm', 'test'], { NX_SKIP_NX_CACHE: 'true' });
    rmSync(file);
    expect(status, output).toBe(4);
    const failed = acme.ledger().tests.filter((test) => test.status === 'failed');
    expect(failed).toMatchObject([{ failure: { class: 'environment', subclass: 'sandbox' } }]);
  },
);

function need(sandbox: Sandbox, { skip }: Pick<TestContext, 'skip'>): void {
  const reason = unusable(sandbox);
  if (reason) skip(reason);
}

it("Nx's own sockets are among those denied: with them, it does not start", TIMEOUT, (context) => {
  need(deniedSockets, context);
  const { status } = acme.run(deniedSockets, ['npx', 'nx', 'run-many', '-t', 'test'], {
    NX_ISOLATE_PLUGINS: 'true',
  });
  expect(status).not.toBe(0);
});

it('a second `npm test` takes its results from the cache and says the same', TIMEOUT, () => {
  const first = acme.run(none, ['npm', 'test']);
  const ledger = acme.ledger();
  const written = () => statSync(join(acme.root, '.drydock/report.html')).mtimeMs;
  const reported = written();
  const second = acme.run(none, ['npm', 'test']);
  expect(first.status, first.output).toBe(0);
  expect(second.status, second.output).toBe(0);
  // The moment of the first run: nothing was run again.
  expect(acme.ledger()).toEqual(ledger);
  expect(written()).toBe(reported);
});

it('`vitest --inspect` opens the port of the debugger, and the tests run', TIMEOUT, () => {
  const flags = ['--root', 'packages/shop', '--inspect=127.0.0.1:0', '--no-file-parallelism'];
  const { status, output } = acme.run(none, ['npx', 'vitest', 'run', ...flags]);
  expect(status, output).toBe(0);
  expect(output).toContain('1 passed');
});
