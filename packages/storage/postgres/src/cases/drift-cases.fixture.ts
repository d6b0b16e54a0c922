import { newNamespace } from '@drydock/storage/conformance';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../config.js';
import { FakePostgres } from '../fake/index.js';
import { COLUMNS } from './adapters.fixture.js';
import { type ConnectionSettings, SECRET, schemaOf, withClient } from './conformance.fixture.js';
import { conversations, SLOW } from './conversations.fixture.js';
import { ask, cancel, refusal } from './play.fixture.js';

/** Connections that the server refuses. */
const REFUSED: readonly (readonly [string, pg.ClientConfig])[] = [
  ['an unknown database', { database: 'drift_nowhere' }],
  ['a wrong password', { password: 'canary-drift-5be0' }],
];

/** Whether a live server answers as the fake does, whose engine is a real PostgreSQL, maybe of another version. */
export function driftCases(settings: ConnectionSettings): void {
  describe('drift between the fake and the live server', () => {
    const schema = schemaOf(newNamespace());
    const disagreements: string[] = [];
    const { table } = resolveConfig({
      ...settings,
      schema,
      table: 'items',
      columns: COLUMNS,
      indexes: [['n', 'title']],
    });

    function compare(what: string, [said, says]: readonly string[]): void {
      if (said !== says) disagreements.push(`${what}\n  fake ${said}\n  live ${says}`);
    }

    beforeAll(async () => {
      const fake = await FakePostgres.start({ password: SECRET });
      const make = (more: pg.ClientConfig = {}) =>
        [fake.config, settings].map((server) => clientOf(server, more)) as [pg.Client, pg.Client];
      const [played, live] = make();
      const [first, second] = make();
      const both = [played, live];
      await Promise.all([played, live, first, second].map((client) => client.connect()));
      const { rows } = await live.query('SHOW server_version');
      const version: string = rows[0].server_version;
      for (const [name, steps] of conversations(table)) {
        for (const [index, step] of steps.entries()) {
          if (step.differs?.versions.test(version)) continue;
          if (step.planted) fake.answer(step.text, { code: step.planted, message: 'planted' });
          compare(`${name}, step ${index + 1}`, await Promise.all(both.map((client) => ask(client, step))));
        }
      }
      fake.hold(SLOW);
      compare(
        'a statement that is cancelled',
        await Promise.all([cancel(played, first, SLOW), cancel(live, second, SLOW)]),
      );
      for (const [what, more] of REFUSED) {
        if ('password' in more && live.password === null) continue;
        compare(what, await Promise.all(make(more).map(refusal)));
      }
      await Promise.all([played, live, first, second].map((client) => client.end()));
      await fake.close();
    }, 120_000);

    afterAll(() =>
      withClient(settings, (client) => client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)),
    );

    test('does not exist', () => expect(disagreements.join('\n')).toBe(''));
  });
}

/** A client for this address; settings in `more` override it. */
function clientOf({ url, driver }: ConnectionSettings, more: pg.ClientConfig): pg.Client {
  const { hostname, port, username, password, pathname } = new URL(url ?? '');
  const client = new pg.Client({
    ...driver,
    host: hostname,
    ...(port && { port: Number(port) }),
    user: decodeURIComponent(username),
    ...(password && { password: decodeURIComponent(password) }),
    database: decodeURIComponent(pathname.slice(1)),
    ...more,
  });
  client.on('error', () => {});
  return client;
}
