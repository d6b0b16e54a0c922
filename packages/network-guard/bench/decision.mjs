// What one decision costs: node packages/network-guard/bench/decision.mjs (after a build).

import { Core } from '../dist/core.cjs';
import { CompiledPolicy } from '../dist/policy/policy.cjs';

const ROUNDS = 2_000_000;
const BUDGET_NS = 1_000;

const policy = {
  scope: 'lan',
  allow: [
    ...Array.from({ length: 50 }, (_, index) => `10.${index}.0.0/16:5432`),
    'db.example:6379',
    '*.cluster.example:6379',
    { host: 'pinned.example', port: 7687, addresses: ['10.99.0.1'] },
  ],
};
const core = new Core([]);
core.configure(policy);
const compiled = new CompiledPolicy(policy);
compiled.learn('db.example', ['10.98.0.1']);

const cases = {
  'an allowed address': () => core.reaches('10.49.1.2', 5432, 'tcp'),
  'an allowed address, in a test of its own policy': () => core.reaches('10.49.1.2', 5432, 'tcp'),
  'a name that was looked up': () => compiled.allowsAddress('10.98.0.1', 6379),
  'an allowed name': () => compiled.allowsName('db.example', 6379),
};

let slowest = 0;
for (const [label, decide] of Object.entries(cases)) {
  const inTest = label.includes('test')
    ? (run) => core.context.runInTest({ id: 'bench', policy }, run)
    : (run) => run();
  const nanoseconds = inTest(() => measure(decide));
  slowest = Math.max(slowest, nanoseconds);
  console.log(`${label.padEnd(52)}${nanoseconds.toFixed(0).padStart(7)} ns`);
}
console.log(`slowest ${slowest.toFixed(0)} ns, budget ${BUDGET_NS} ns`);
process.exitCode = slowest <= BUDGET_NS ? 0 : 1;

function measure(decide) {
  for (let round = 0; round < ROUNDS / 10; round++)
    if (!decide()) throw new Error('the case must be allowed');
  const best = [];
  for (let sample = 0; sample < 5; sample++) {
    const start = process.hrtime.bigint();
    for (let round = 0; round < ROUNDS / 5; round++) decide();
    best.push(Number(process.hrtime.bigint() - start) / (ROUNDS / 5));
  }
  return best.sort((a, b) => a - b)[2];
}
