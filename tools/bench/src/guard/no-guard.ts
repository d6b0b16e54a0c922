import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// What the gate calls, without any effect. A function that is missing here ends the run with an error that names it.
const INDEX = `export const installGuard = () => {};
export const setCurrentFile = () => {};
export const runInTest = (test, run) => run();
export const withPolicy = (policy, run) => run();
export const takeAttempts = () => [];
export const canary = () => ({ active: true, missing: [] });
export const describeAttempt = () => '';
export const formatAttempt = () => '';
`;

/** Writes a package that takes the guard's place and does nothing. */
export function writeNoGuard(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: '@drydock/network-guard',
      type: 'module',
      exports: { '.': './index.js', './register': './register.cjs' },
    }),
  );
  writeFileSync(join(folder, 'index.js'), INDEX);
  writeFileSync(join(folder, 'register.cjs'), '');
}
