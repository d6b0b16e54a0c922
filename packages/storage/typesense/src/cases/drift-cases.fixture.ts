import http from 'node:http';
import https from 'node:https';
import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectionSettings, removeNamespace, withClient } from './conformance.fixture.js';
import { COLLECTIONS, recorded, renamed, replay } from './replay.fixture.js';

const FAKE_VERSION = '0.24.';

/** Whether a live server still answers as the recorded one did, and so as the fake does. */
export function driftCases(settings: ConnectionSettings): void {
  describe('drift between the fake and the live server', () => {
    const prefix = `${newNamespace()}-`;
    const secure = settings.url.startsWith('https:');
    const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
    const disagreements: string[] = [];

    beforeAll(async () => {
      const target = { ...settings, url: settings.url.replace(/\/+$/, ''), agent };
      for (const exchange of recorded()) {
        await replay(renamed(exchange, prefix), target).catch((error) => {
          disagreements.push(`${exchange.note}: ${String(error.message).slice(0, 500)}`);
        });
      }
    }, 60_000);

    afterAll(async () => {
      agent.destroy();
      for (const name of COLLECTIONS) await removeNamespace(settings, `${prefix}${name}`);
    });

    test('does not exist on the version that the fake stands for', async ({ skip }) => {
      const debug = await withClient(settings, (request) => request({ method: 'get', path: '/debug' }));
      const { version } = debug as { version: string };
      const listed = disagreements.join('\n');
      if (!version.startsWith(FAKE_VERSION)) {
        console.info(
          `Typesense ${version} differs from ${FAKE_VERSION}x in ${disagreements.length} answers\n${listed}`,
        );
        skip(`the server is ${version}; its ${disagreements.length} differences are listed`);
      }
      expect(listed).toBe('');
    });
  });
}
