import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGuarded } from './run-guarded.fixture.js';

const DIAL = `require('node:net').connect(25, '192.0.2.1').on('error', () => {})`;
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';
// A folder of root's own hides Node from another user.
const othersMayRunNode = process.getuid?.() === 0 && hasOtherUsers() && isOpenToAll(process.execPath);

const WAYS: Record<string, [options: object, flags: string[]]> = {
  'may not write files': [{}, [PERMISSION, '--allow-fs-read=*']],
  ...(othersMayRunNode && { 'belongs to another user': [{ uid: 65_534, gid: 65_534 }, []] }),
};

describe.each(Object.entries(WAYS))('a child that %s', (_name, [options, flags]) => {
  const args = JSON.stringify(['--no-warnings', ...flags, '-e', DIAL]);
  it.each([
    ['synchronously', `spawnSync(process.execPath, ${args}, options);`],
    ['asynchronously', `await once(spawn(process.execPath, ${args}, options), 'close');`],
  ])('is recorded for its test, started %s', async (_how, start) => {
    const { stdout } = await runGuarded(`
      import { spawn, spawnSync } from 'node:child_process';
      import { once } from 'node:events';
      const options = { env: {}, ...${JSON.stringify(options)} };
      await guard.runInTest({ id: 'a' }, async () => { ${start} });
      console.log(JSON.stringify(guard.takeAttempts('a').map(({ host, port }) => [host, port])));
    `);
    expect(JSON.parse(stdout)).toEqual([['192.0.2.1', 25]]);
  });
});

it('where the report file takes nothing, attempts of children and grandchildren are still known', async () => {
  const inner = JSON.stringify(
    `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(DIAL)}], { env: {} })`,
  );
  const { stdout } = await runGuarded(
    `import { spawnSync } from 'node:child_process';
    // Of a guard over this suite, the script's attempts are no business.
    Object.defineProperty(process[Symbol.for('@drydock/network-guard/1')].report, 'upward', { value: undefined });
    guard.runInTest({ id: 'a' }, () => { spawnSync(process.execPath, ['-e', ${JSON.stringify(DIAL)}], { env: {} }); });
    guard.runInTest({ id: 'b' }, () => { spawnSync(process.execPath, ['-e', ${inner}], { env: {} }); });
    console.log(JSON.stringify(['a', 'b'].map((id) => guard.takeAttempts(id).length)));`,
    { options: { reportFile: '/dev/full' } },
  );
  expect(JSON.parse(stdout)).toEqual([1, 1]);
});

it('a child sees nothing of what the guard adds to its arguments and its output', async () => {
  const { stdout } = await runGuarded(`
    import { spawnSync } from 'node:child_process';
    const { output, stdout } = spawnSync(process.execPath, ['--no-warnings', '-p', 'JSON.stringify([process.execArgv, process.argv.length])'], { encoding: 'utf8' });
    console.log(JSON.stringify([output.length, JSON.parse(stdout)]));
  `);
  expect(JSON.parse(stdout)).toEqual([
    3,
    [['--no-warnings', '-p', 'JSON.stringify([process.execArgv, process.argv.length])'], 1],
  ]);
});

// A user namespace, as `unshare -r` makes one, may know root alone.
function hasOtherUsers(): boolean {
  if (!fs.existsSync('/proc/self/uid_map')) return true;
  const ranges = fs.readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
  return ranges.some((range) => {
    const [first = 0, , length = 0] = range.trim().split(/\s+/).map(Number);
    return first <= 65_534 && 65_534 < first + length;
  });
}

function isOpenToAll(place: string): boolean {
  const isOpen = (fs.statSync(place).mode & 1) === 1;
  return isOpen && (path.dirname(place) === place || isOpenToAll(path.dirname(place)));
}
