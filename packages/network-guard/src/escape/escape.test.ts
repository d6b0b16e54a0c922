import { beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, takeAttempts } from '../index.cjs';
import { faultsOf } from './check.js';
import { NOWHERE, waysOf } from './plan.js';
import { type Trial, tryWays } from './run.js';
import { everyWay } from './ways/index.js';

const major = Number(process.versions.node.split('.')[0]);
const ways = waysOf(major, everyWay);
const ALL_WAYS_MS = 200_000;

// Opens no socket: asserted are the refusal, the record and the blamed line. escape.integration.test.ts counts packets.
describe(`ways out of a guarded process, Node ${process.versions.node}`, () => {
  let trials: Trial[] = [];

  beforeAll(async () => {
    trials = await tryWays(process.execPath, ways, NOWHERE);
    if (isInstalled()) takeAttempts();
  }, ALL_WAYS_MS);

  it('tries at least 400', () => {
    expect(trials.length).toBeGreaterThanOrEqual(400);
    expect(new Set(everyWay.map(({ name }) => name)).size).toBe(everyWay.length);
  });

  it.each(ways.map((way) => [way.name, way] as const))('%s', (_name, way) => {
    const trial = trials.find((candidate) => candidate.way === way);
    expect(trial && faultsOf(trial, NOWHERE)).toEqual([]);
  });
});
