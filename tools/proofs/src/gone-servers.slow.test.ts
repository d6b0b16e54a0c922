import { afterAll, expect, it } from 'vitest';
import { none } from './sandbox.fixture.js';
import { acmeWorkspace, linked } from './workspace.fixture.js';

const TIMEOUT = { timeout: 200_000 };

/** Tests of clients whose server has gone: in the namespace, the kernel counts some of what they send as an attempt. */
const GONE = `
  import { spawn } from 'node:child_process';
  import dgram from 'node:dgram';
  import { once } from 'node:events';
  import net from 'node:net';
  import { expect, it } from 'vitest';

  const PLACES = [['udp4', '127.0.0.1'], ['udp6', '::1']];
  const bind = async (type, address) => {
    const socket = dgram.createSocket(type).bind(0, address);
    await once(socket, 'listening');
    return socket;
  };
  const answer = (socket, { port, address }) => new Promise((done) => socket.send('late', port, address, done));

  it.each(PLACES)('a datagram by %s to a port that was closed', async (type, address) => {
    const receiver = await bind(type, address);
    const to = receiver.address();
    receiver.close();
    const sender = dgram.createSocket(type);
    await answer(sender, to);
    sender.close();
  });

  it('an answer to a child that has gone', async () => {
    const server = await bind('udp4', '127.0.0.1');
    const asked = once(server, 'message');
    const ask = 'const s = require("node:dgram").createSocket("udp4"); s.send("x", ' + server.address().port + ', "127.0.0.1", () => process.exit())';
    const child = spawn(process.execPath, ['-e', ask]);
    const [[, client]] = await Promise.all([asked, once(child, 'exit')]);
    await answer(server, client);
    server.close();
  });

  it('a dial to a child that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(String(s.address().port)))']);
    const [port] = await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [error] = await once(net.connect(Number(port), '127.0.0.1'), 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });
`;

const acme = acmeWorkspace(linked, {
  'packages/shop/gone.test.js': GONE,
  'packages/shop/gone-elsewhere.test.js': GONE,
});
afterAll(() => acme.remove());

it('tests of servers that have gone pass, in several workers and in the empty namespace', TIMEOUT, () => {
  const { status, output } = acme.run(none, ['npx', 'drydock', 'run', 'packages/shop', '--json']);
  expect(status, output).toBe(0);
  expect(acme.ledger().totals).toMatchObject({ passed: 9, failed: 0 });
});
