import { newNamespace } from '@drydock/storage/conformance';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConnection } from '../config.js';
import { type ConnectionSettings, removeNamespace, withClient } from './conformance.fixture.js';
import { COLLECTIONS, recorded, renamed, replay } from './replay.fixture.js';

/** Paths whose answers describe the whole server or its build. */
const NOT_OURS = ['/', '/collections'];
const FAKE_VERSION = '1.19.';

/** Whether a live server still answers as the recorded one did, and so as the fake does. */
export function driftCases(settings: ConnectionSettings): void {
  describe('drift between the fake and the live server', () => {
    const prefix = `${newNamespace()}-`;
    const { agent: options, prefix: path, apiKey } = resolveConnection(settings);
    const agent = new Agent(options);
    const disagreements: string[] = [];

    beforeAll(async () => {
      const origin = `${new URL(settings.url).origin}${path}`;
      const headers = apiKey === undefined ? {} : { 'api-key': apiKey };
      const exchanges = recorded('rest').filter(({ request }) => !NOT_OURS.includes(request.path));
      for (const exchange of exchanges) {
        await replay(renamed(exchange, prefix), { origin, agent, headers }).catch((error) => {
          disagreements.push(`${exchange.note}: ${String(error.message).slice(0, 500)}`);
        });
      }
    }, 60_000);

    afterAll(async () => {
      await agent.destroy();
      for (const name of COLLECTIONS) await removeNamespace(settings, `${prefix}${name}`);
    });

    test('does not exist on the version that the fake stands for', async ({ skip }) => {
      const { data } = await withClient(settings, (api, init) => api.root({}, init));
      const listed = disagreements.join('\n');
      if (!data.version.startsWith(FAKE_VERSION)) {
        console.info(
          `Qdrant ${data.version} differs from ${FAKE_VERSION}x in ${disagreements.length} answers\n${listed}`,
        );
        skip(`the server is ${data.version}; its ${disagreements.length} differences are listed`);
      }
      expect(listed).toBe('');
    });
  });
}
