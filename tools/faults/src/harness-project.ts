import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReport, type TriagedFailure, triage } from '@drydock/triage';
import { projectLedgerFile } from '@drydock/workspace';
import type { Judged } from './judge-faults.js';
import { classesIn, problemOf, shown } from './judge-faults.js';
import { runVitest } from './run-vitest.js';

/** Name, class and text of a test. */
type Mistake = readonly [name: string, subclass: string, body: string];

const HEAD = `
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { test } from 'vitest';
`;

/** Mistakes in the tests themselves, which the gate and the guard find: name, class, text of the test. */
const OFFLINE: readonly Mistake[] = [
  [
    'a test without a marker connects',
    'missing-marker',
    "await once(connect(6379, '127.0.0.1'), 'connect');",
  ],
  ['a test without a marker asks for a name', 'missing-marker', "await fetch('http://db1.test/');"],
  ['the refusal is swallowed', 'swallowed-block', "await fetch('http://127.0.0.1:6379/').catch(() => {});"],
  [
    'a program is started',
    'blocked-program',
    "const { error } = spawnSync('curl', ['--version']); if (error) throw error;",
  ],
  [
    'a server is opened',
    'blocked-listener',
    "await once(createServer().listen(0, '192.0.2.1'), 'listening');",
  ],
  [
    'an address is put into the environment',
    'offline-variable',
    "writeFileSync('machine.env', 'REDIS_URL=redis://db1:6379'); process.loadEnvFile('machine.env');",
  ],
];

const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [drydock()] });
`;

const bodyOf = ([name, , body]: Mistake, options = '') =>
  `test(${JSON.stringify(name)}, ${options}async () => { ${body} });\n`;

const WRONG_REACH = [
  'a test for servers reaches another host',
  'undeclared-endpoint',
  "await once(connect(9, '127.0.0.1'), 'connect');",
] as const;
const MISSPELT = ['(file)', 'wrong-marker', ''] as const;

/** Lets the harness find mistakes in a project of its own, and reads its ledger and Vitest's reports. */
export async function judgeHarness(root: string): Promise<Judged[]> {
  const offline = await runProject(root, {}, [
    ['offline.test.ts', OFFLINE.map((mistake) => bodyOf(mistake)).join('')],
    ['misspelt.test.ts', bodyOf(['never', '', ''], "{ tags: ['integraton'] }, ")],
  ]);
  const reaching = await runProject(root, { DRYDOCK_RUN: 'integration' }, [
    ['reach.integration.test.ts', bodyOf(WRONG_REACH)],
  ]);
  return [...[...OFFLINE, MISSPELT].map((mistake) => rowOf(mistake, offline)), rowOf(WRONG_REACH, reaching)];
}

interface Told {
  readonly own: ReadonlyMap<string, TriagedFailure>;
  readonly json: ReadonlyMap<string, string>;
  readonly junit: ReadonlyMap<string, string>;
}

async function runProject(
  root: string,
  env: Readonly<Record<string, string>>,
  files: readonly (readonly [name: string, body: string])[],
): Promise<Told> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-faults-project-')));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'mistakes', type: 'module' }));
    writeFileSync(join(folder, 'vitest.config.ts'), CONFIG);
    for (const [name, body] of files) writeFileSync(join(folder, name), HEAD + body);
    const { json, junit } = await runVitest(['--root', folder], folder, { DRYDOCK_NO_WALL: '1', ...env });
    const ledger = readFileSync(projectLedgerFile(folder, 'mistakes'), 'utf8');
    const failures = triage([readReport('ledger', ledger, { env: {} })]);
    return {
      own: new Map(failures.map((failure) => [failure.test.slice(failure.test.indexOf('::') + 2), failure])),
      json: classesIn('out.json', json),
      junit: classesIn('out.xml', junit),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf([name, subclass]: Mistake, { own, json, junit }: Told): Judged {
  const verdict = own.get(name);
  const row = {
    subject: 'planted in a test',
    name: name === '(file)' ? 'a marker is misspelt' : name,
    expected: `harness / ${subclass}`,
    own: verdict ? shown({ class: verdict.class, subclass: verdict.subclass }) : 'not in the ledger',
    json: json.get(name) ?? 'not in the report',
    junit: junit.get(name === '(file)' ? 'misspelt.test.ts' : name) ?? 'not in the report',
    evidence: verdict?.evidence ?? '',
  };
  const problem = problemOf(row, true, false);
  return { ...row, ...(problem !== undefined && { problem }) };
}
