import { ways } from '../way.js';

const DIAL = `"require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})"`;
const CHILD = `const child = require('node:child_process'); const fs = require('node:fs'); const dial = ${DIAL};`;
const AS_GROUP = `${CHILD} process.setegid(65534);`;

/** Processes that have, or seem to have, other rights or another name than the guard thinks. */
export const identity = [
  ...ways(
    { port: '$port', elsewhere: true },
    {
      'a child of a process with another effective group': {
        code: `${AS_GROUP} child.spawnSync(process.execPath, ['-e', dial], { env: {} });`,
        alone: true,
        manyUsers: true,
      },
      'an asynchronous child of a process with another effective group': {
        code: `${AS_GROUP} return t.end(child.spawn(process.execPath, ['-e', dial], { env: {} }));`,
        alone: true,
        manyUsers: true,
      },
      'a fork of a process with another effective group': {
        code: `const file = t.write('forked3.cjs', ${DIAL}); ${AS_GROUP} return t.end(child.fork(file, { execArgv: [], env: {} }));`,
        alone: true,
        manyUsers: true,
      },
      'a shell-less exec of a process with another effective group': {
        code: `${AS_GROUP} t.quietly(() => child.execFileSync(process.execPath, ['-e', dial], { env: { NODE_OPTIONS: '' } }));`,
        alone: true,
        manyUsers: true,
      },
      'a grandchild of a process with another effective group': {
        code: `${AS_GROUP} child.spawnSync(process.execPath, ['-e', 'require("node:child_process").spawnSync(process.execPath, ["-e", ' + JSON.stringify(dial) + '], { env: {} })'], { env: {} });`,
        alone: true,
        manyUsers: true,
      },
      'a thread of a child with another effective group': {
        code: `${AS_GROUP} child.spawnSync(process.execPath, ['-e', 'new (require("node:worker_threads").Worker)(' + JSON.stringify(dial) + ', { eval: true, env: {}, execArgv: [] })'], { env: {} });`,
        alone: true,
        manyUsers: true,
      },
      'a child with another argv[0]': `${CHILD} child.spawnSync(process.execPath, ['-e', dial], { argv0: 'sh', env: {} });`,
      'a child with another title': `${CHILD} child.spawnSync(process.execPath, ['--title', 'sh', '-e', dial], { env: {} });`,
      'a child in another working folder': `${CHILD} child.spawnSync(process.execPath, ['-e', dial], { env: {}, cwd: '/' });`,
      'a detached child': `${CHILD} const c = child.spawn(process.execPath, ['-e', dial], { detached: true, env: {} }); c.unref(); return t.end(c);`,
      'a child that is given every variable twice': `${CHILD} const c = new child.ChildProcess();
        c.spawn({ file: process.execPath, args: ['node', '-e', dial], stdio: 'ignore', envPairs: ['NODE_OPTIONS=', 'NODE_OPTIONS=--no-warnings', 'A=1'] }); return t.end(c);`,
      'a child with variables that are nearly NODE_OPTIONS': `${CHILD} child.spawnSync(process.execPath, ['-e', dial], { env: { NODE_OPTIONS: ' \\t ', node_options: '', Node_Options: '--no-warnings' } });`,
      'a link to Node': `${CHILD} fs.symlinkSync(process.execPath, t.temp + '/linked-node'); child.spawnSync(t.temp + '/linked-node', ['-e', dial], { env: {} });`,
      '/proc/self/exe': {
        code: `${CHILD} child.spawnSync('/proc/self/exe', ['-e', dial], { env: {} });`,
        os: 'linux',
      },
    },
  ),
  ...ways(
    { protocol: 'child', host: 'tool' },
    {
      'a script for Node, with another effective group': {
        code: `const tool = t.write('tool', '#!/usr/bin/env node\\n', 0o755); ${AS_GROUP}
        return t.result(child.spawnSync(tool)); //!`,
        alone: true,
        manyUsers: true,
      },
      'an interpreter whose name ends with a no-break space': `${CHILD} fs.mkdirSync(t.temp + '/nbsp'); fs.copyFileSync('/bin/sh', t.temp + '/nbsp/node\\u00a0'); fs.chmodSync(t.temp + '/nbsp/node\\u00a0', 0o755);
        return t.result(child.spawnSync(t.write('nbsp/tool', '#!' + t.temp + '/nbsp/node\\u00a0\\nexit 0\\n', 0o755))); //!`,
      'an interpreter whose name ends with a carriage return': `${CHILD} fs.mkdirSync(t.temp + '/cr'); fs.copyFileSync('/bin/sh', t.temp + '/cr/node\\r'); fs.chmodSync(t.temp + '/cr/node\\r', 0o755);
        return t.result(child.spawnSync(t.write('cr/tool', '#!' + t.temp + '/cr/node\\r\\nexit 0\\n', 0o755))); //!`,
      'an interpreter whose name ends with a vertical tab': `${CHILD} fs.mkdirSync(t.temp + '/vt'); fs.copyFileSync('/bin/sh', t.temp + '/vt/node\\v'); fs.chmodSync(t.temp + '/vt/node\\v', 0o755);
        return t.result(child.spawnSync(t.write('vt/tool', '#!' + t.temp + '/vt/node\\v\\n', 0o755))); //!`,
      'env with a name of two words': `${CHILD} fs.mkdirSync(t.temp + '/words'); fs.copyFileSync('/bin/sh', t.temp + '/words/node x'); fs.chmodSync(t.temp + '/words/node x', 0o755);
        return t.result(child.spawnSync(t.write('words/tool', '#!/usr/bin/env node x\\n', 0o755), { env: { PATH: t.temp + '/words:' + process.env.PATH } })); //!`,
      'env -S that empties the environment': `${CHILD} fs.mkdirSync(t.temp + '/empties');
        return t.result(child.spawnSync(t.write('empties/tool', '#!/usr/bin/env -S -i node\\n', 0o755))); //!`,
      'env -S that takes a variable away': `${CHILD} fs.mkdirSync(t.temp + '/takes');
        return t.result(child.spawnSync(t.write('takes/tool', '#!/usr/bin/env -S -u NODE_OPTIONS node\\n', 0o755))); //!`,
      'env -S that sets a variable': `${CHILD} fs.mkdirSync(t.temp + '/sets');
        return t.result(child.spawnSync(t.write('sets/tool', '#!/usr/bin/env -S NODE_OPTIONS= node\\n', 0o755))); //!`,
      'env -S with an escape': `${CHILD} fs.mkdirSync(t.temp + '/escape');
        return t.result(child.spawnSync(t.write('escape/tool', '#!/usr/bin/env -S node\\\\_x\\n', 0o755))); //!`,
      'a script without a first line': `${CHILD} fs.mkdirSync(t.temp + '/plain');
        return t.result(child.spawnSync(t.write('plain/tool', 'exit 0\\n', 0o755))); //!`,
      'a script that a script interprets': `${CHILD} fs.mkdirSync(t.temp + '/chain'); t.write('chain/inner', '#!/bin/sh\\n', 0o755);
        return t.result(child.spawnSync(t.write('chain/tool', '#!' + t.temp + '/chain/inner\\n', 0o755))); //!`,
    },
  ),
];
