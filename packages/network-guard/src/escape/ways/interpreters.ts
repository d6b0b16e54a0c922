import { ways } from '../way.js';

const RUN = `return t.result(require('node:child_process').spawnSync('NAME', ARGS, { timeout: 2000 }));`;

/** Programs of a usual system that reach a network by themselves, change who somebody is, or start another program. */
const PROGRAMS: Readonly<Record<string, string>> = {
  setpriv: `['--reuid=65534', 'true']`,
  capsh: `['--', '-c', 'exit 0']`,
  su: `['nobody', '-s', '/bin/sh', '-c', 'exit 0']`,
  sudo: `['-n', 'true']`,
  runuser: `['-u', 'nobody', 'true']`,
  newgrp: `['nogroup']`,
  chroot: `['/', 'true']`,
  unshare: `['--user', 'true']`,
  nsenter: `['--net=/proc/self/ns/net', 'true']`,
  env: `['-i', process.execPath, '-e', '0']`,
  xargs: `[process.execPath]`,
  nohup: `[process.execPath, '-e', '0']`,
  setsid: `[process.execPath, '-e', '0']`,
  timeout: `['1', process.execPath, '-e', '0']`,
  nice: `[process.execPath, '-e', '0']`,
  stdbuf: `['-o0', process.execPath, '-e', '0']`,
  script: `['-c', 'exit 0', '/dev/null']`,
  find: `['/dev/null', '-exec', process.execPath, '{}', ';']`,
  bash: `['-c', 'exec 3<>/dev/tcp/127.0.0.1/' + t.port]`,
  dash: `['-c', 'exit 0']`,
  python3: `['-c', '0']`,
  perl: `['-e', '0']`,
  ruby: `['-e', '0']`,
  tclsh: `['/dev/null']`,
  awk: `['BEGIN { getline < "/inet/tcp/0/127.0.0.1/9" }']`,
  java: `['-version']`,
  openssl: `['s_client', '-connect', '127.0.0.1:' + t.port]`,
  ssh: `['-p', String(t.port), '127.0.0.1']`,
  wget: `['http://127.0.0.1:' + t.port]`,
  curl: `['http://127.0.0.1:' + t.port]`,
  psql: `['-h', '127.0.0.1', '-p', String(t.port)]`,
  git: `['ls-remote', 'http://127.0.0.1:' + t.port + '/x']`,
  vim: `['--version']`,
  gdb: `['--version']`,
  'systemd-run': `['true']`,
  busctl: `['list']`,
  'dbus-send': `['--system', '/', 'org.x.Y']`,
  logger: `['-n', '127.0.0.1', 'x']`,
  crontab: `['-l']`,
  getent: `['hosts', 'escape.example']`,
};

export const interpreters = Object.entries(PROGRAMS).flatMap(([name, args]) =>
  ways(
    { protocol: 'child', host: name },
    { [`the program ${name}`]: { code: RUN.replace('NAME', name).replace('ARGS', () => args), needs: name } },
  ),
);
