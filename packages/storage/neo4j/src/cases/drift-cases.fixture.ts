import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../config.js';
import { PING } from '../cypher.js';
import { DriverHandle } from '../driver-handle.js';
import { FakeNeo4j } from '../fake/index.js';
import type { Schema } from '../schema.js';
import { type ConnectionSettings, labelOf, removeNamespace, SECRET } from './conformance.fixture.js';
import { conversations, SLOW } from './conversations.fixture.js';
import { ask, giveUp } from './play.fixture.js';

const FAKE_VERSION = '5.26.';

/** Connections that the server refuses. */
const REFUSED: readonly (readonly [string, object])[] = [
  ['an unknown database', { database: 'nowhere' }],
  ['a wrong password', { password: 'canary-drift-5be0' }],
];

/** The live server, and a way to compare it with the fake. */
interface Both {
  readonly live: DriverHandle;
  readonly schema: Schema;
  agree(what: string, act: (handle: DriverHandle) => Promise<string>): Promise<void>;
}

/** Whether a live server answers as the fake does. */
export function driftCases(settings: ConnectionSettings): void {
  describe('drift between the fake and the live server', () => {
    const run = labelOf(newNamespace());
    const namespace = `Drift_${run}`;
    const fake = new FakeNeo4j({ password: SECRET });
    const disagreements: string[] = [];
    let version: unknown;

    const open = (server: ConnectionSettings, more: object = {}) => {
      const { connection, schema } = resolveConfig({
        ...server,
        ...more,
        namespace,
        labels: [`Person_${run}`, `Company_${run}`],
        types: [`KNOWS_${run}`, `LIKES_${run}`],
        indexes: { [`Person_${run}`]: ['name'] },
      });
      return { handle: new DriverHandle(connection), schema };
    };

    /** Acts alike on both servers, and notes where they differ. */
    async function compare(work: (both: Both) => Promise<void>, more?: object): Promise<void> {
      const [played, live] = [open(fake.config, more), open(settings, more)];
      const agree: Both['agree'] = async (what, act) => {
        const [said, says] = await Promise.all([act(played.handle), act(live.handle)]);
        if (said !== says) disagreements.push(`${what}\n  fake ${said}\n  live ${says}`);
      };
      try {
        await work({ agree, schema: live.schema, live: live.handle });
      } finally {
        await Promise.all([played.handle.close(), live.handle.close()]);
      }
    }

    beforeAll(async () => {
      await compare(async ({ agree, schema, live }) => {
        version = (await live.enter('read').run(PING)).records[0]?.get('version');
        for (const [name, steps] of conversations(schema)) {
          for (const [index, step] of steps.entries()) {
            if (step.planted) fake.answer(step.text, { code: step.planted, message: 'planted' });
            await agree(`${name}, step ${index + 1}`, (handle) => ask(handle, step));
          }
        }
        void fake.hold(SLOW);
        await agree('a statement given up', (handle) => giveUp(handle, SLOW));
      });
      for (const [what, more] of REFUSED) {
        if ('password' in more && settings.password === undefined) continue;
        await compare(({ agree }) => agree(what, (handle) => ask(handle, { text: PING })), more);
      }
    }, 120_000);

    afterAll(() => removeNamespace(settings, namespace, run), 60_000);

    test('does not exist on the version that the fake stands for', ({ skip }) => {
      const listed = disagreements.join('\n');
      if (!`${version}`.startsWith(FAKE_VERSION)) {
        console.info(
          `Neo4j ${version} differs from ${FAKE_VERSION}x in ${disagreements.length} answers\n${listed}`,
        );
        skip(`the server is ${version}; its ${disagreements.length} differences are listed`);
      }
      expect(listed).toBe('');
    });
  });
}
