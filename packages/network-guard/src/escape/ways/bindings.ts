import { ways } from '../way.js';

const BINDINGS = [
  'tcp_wrap',
  'udp_wrap',
  'pipe_wrap',
  'cares_wrap',
  'process_wrap',
  'spawn_sync',
  'tls_wrap',
  'inspector',
];

/** Node's internal bindings, native code and the debugger. */
export const bindings = [
  ...BINDINGS.flatMap((name) =>
    ways(
      { protocol: 'binding', host: name },
      { [`process.binding('${name}')`]: `process.binding('${name}');` },
    ),
  ),
  ...ways(
    { protocol: 'binding', host: 'tcp_wrap' },
    { 'process._linkedBinding': `process._linkedBinding('tcp_wrap');` },
  ),
  ...ways(
    { protocol: 'tamper' },
    {
      'a replaced TCP patch': {
        code: `const s = new (require('node:net').Socket)(); s.on('error', () => {}); s.connect({ host: 'x', port: 1, lookup: () => {} });
        const proto = Object.getPrototypeOf(s._handle); s.destroy(); proto.connect = () => 0; //!`,
        expect: { host: 'TCP.prototype.connect' },
      },
      'a replaced process.binding': {
        code: `process.binding = () => ({});`,
        expect: { host: 'process.binding' },
      },
      'a replaced process.dlopen': {
        code: `process.dlopen = () => ({});`,
        expect: { host: 'process.dlopen' },
      },
    },
  ),
  ...ways(
    { protocol: 'addon' },
    {
      'native code of its own': {
        code: `process.dlopen({ exports: {} }, t.write('escape.node', 'x'));`,
        expect: { host: /escape\.node$/ },
      },
      'native code through require': {
        code: `require(t.write('escape2.node', 'x'));`,
        expect: { host: /escape2\.node$/ },
      },
    },
  ),
  ...ways(
    { protocol: 'inspector' },
    {
      'inspector.open': {
        code: `require('node:inspector').open(0, '127.0.0.1');`,
        expect: { host: '127.0.0.1', port: 0 },
      },
      'inspector/promises open': {
        code: `require('node:inspector/promises').open(0, '127.0.0.1');`,
        expect: { host: '127.0.0.1', port: 0 },
      },
      'SIGUSR1 to itself': { code: `process.kill(process.pid, 'SIGUSR1');`, expect: { host: 'SIGUSR1' } },
      'SIGUSR1 to a child': {
        code: `const c = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9000)']); try { c.kill('SIGUSR1'); } finally { c.kill('SIGKILL'); } //!`,
        expect: { host: 'SIGUSR1' },
      },
      'SIGUSR1 to its parent': {
        code: `process.kill(process.ppid, 'SIGUSR1');`,
        expect: { host: 'SIGUSR1' },
      },
      'a child with --inspect behind another flag': {
        code: `return t.end(require('node:child_process').spawn(process.execPath, ['--disable-warning', 'X', '--inspect=0', '-e', '0']));`,
        expect: { host: '127.0.0.1', port: 0 },
        since: 22,
      },
      'process._debugProcess': {
        code: `process._debugProcess(process.pid);`,
        expect: { host: /^process \d+$/ },
      },
      'a child with --inspect': {
        code: `return t.end(require('node:child_process').spawn(process.execPath, ['--inspect=0', '-e', '0']));`,
        expect: { host: '127.0.0.1', port: 0 },
      },
      'a child with --inspect in NODE_OPTIONS': {
        code: `return t.end(require('node:child_process').spawn(process.execPath, ['-e', '0'], { env: { NODE_OPTIONS: '--inspect-brk=127.0.0.1:0' } }));`,
        expect: { host: '127.0.0.1', port: 0 },
      },
    },
  ),
  ...ways(
    { protocol: 'binding', host: 'node:ffi' },
    {
      'foreign functions': {
        code: `require('node:ffi').dlopen(null, {});`,
        flags: ['--experimental-ffi'],
        since: 26,
      },
    },
  ),
];
