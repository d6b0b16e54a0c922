import { storageConformance } from '@drydock/storage/conformance';
import { adapterCases } from './adapter-cases.fixture.js';
import { migrationCases } from './migration-cases.fixture.js';
import { conformance } from './postgres.fixture.js';

const url = process.env.POSTGRES_URL;
if (!url)
  throw new Error('POSTGRES_URL is not set: grant the integration level, which finds or starts a server');
const { password } = new URL(url);

storageConformance({
  ...conformance('postgres, live', (other) => ({ url: other === undefined ? url : withPassword(other) })),
  ...(password && { secrets: [decodeURIComponent(password)] }),
  authenticates: password !== '',
});

adapterCases('live', { url });
migrationCases('live', { url });

function withPassword(other: string): string {
  return Object.assign(new URL(url as string), { password: other }).href;
}
