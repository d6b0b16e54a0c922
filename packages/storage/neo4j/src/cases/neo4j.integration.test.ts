import { storageConformance } from '@drydock/storage/conformance';
import * as vitest from 'vitest';
import { describe, expect, test, vi } from 'vitest';
import { probe } from '../service-probe.js';
import { adapterCases } from './adapter-cases.fixture.js';
import { conformance, settingsOf } from './conformance.fixture.js';
import { driftCases } from './drift-cases.fixture.js';

// A server plans each statement at first sight, which is slow in a JVM that has just started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const settings = settingsOf(process.env);

storageConformance(
  conformance('neo4j, live', settings, {
    roundTripTags: ['smoke'],
    authenticates: settings.password !== undefined,
    secrets: settings.password === undefined ? [] : [settings.password],
  }),
  vitest,
);
adapterCases('live', settings);
driftCases(settings);

describe('a probe', () => {
  const { NEO4J_BOLT, NEO4J_USER, NEO4J_PASSWORD } = process.env;

  test('reads the version', async () => {
    const { version } = await probe({ NEO4J_BOLT, NEO4J_USER, NEO4J_PASSWORD }, 10_000);
    expect(version).toMatch(/^\d+\.\d+/);
  });

  test.runIf(NEO4J_PASSWORD)('of a wrong password has a code and no secret', async () => {
    const refused = 'canary-refused-31f7';
    const error = await probe({ NEO4J_BOLT, NEO4J_USER, NEO4J_PASSWORD: refused }, 10_000).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({ code: expect.stringMatching(/^Neo\.ClientError\.Security\./) });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(refused);
  });
});
