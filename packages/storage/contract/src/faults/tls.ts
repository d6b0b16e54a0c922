import { describe, expect, type TestContext, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { orSkip, tryAcquire } from './availability.js';
import { type Certificate, makeCertificates } from './certificates.js';
import { timed } from './deadline.js';
import { CANARY_SECRET, type LeakDetector } from './leak-detector.js';
import type { TlsFaults } from './options.js';
import { ServerUnderTest } from './server-under-test.js';

const START_MS = 120_000;
const CONNECT_MS = 60_000;
/** A server may listen before it serves. */
const UNTIL_READY = 10_000;

/** A real server whose certificate is valid, has expired, or is not the one trusted. */
export function tlsFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  { startServer, target }: TlsFaults<R, Q, Item>,
  detector: LeakDetector,
): void {
  describe('a server with TLS', () => {
    const refused = { kind: 'connection', retriable: false, outcome: 'not_sent', attempts: 1 };

    /** Starts a server that has this certificate, for as long as `work` takes. */
    async function withServer(
      context: TestContext,
      certificate: Certificate,
      work: (subjectThatTrusts: (trusted: Certificate) => ServerUnderTest) => Promise<void>,
    ) {
      const server = orSkip(await tryAcquire(startServer(`${CANARY_SECRET}-tls`, certificate)), context);
      const subjects: ServerUnderTest[] = [];
      try {
        await work((trusted) => {
          const subject = ServerUnderTest.of(target(server.variables, trusted.cert), detector);
          subjects.push(subject);
          return subject;
        });
      } finally {
        for (const subject of subjects) await subject.close();
        await server.stop();
      }
    }

    async function refusalBy(subject: ServerUnderTest) {
      const adapter = await subject.adapter({ retry: { maxAttempts: 3 } });
      const { error } = await timed(() => adapter.connect({ timeoutMs: CONNECT_MS }));
      return subject.facts(error, 'TLS');
    }

    test('a server with TLS serves an adapter that trusts its certificate, and others refuse it', {
      timeout: START_MS,
    }, async (context) => {
      const [{ valid }, other] = [await makeCertificates(), await makeCertificates()];
      await withServer(context, valid, async (subjectThatTrusts) => {
        const subject = subjectThatTrusts(valid);
        const adapter = await subject.adapter({ retry: { maxAttempts: UNTIL_READY, maxDelayMs: 100 } });
        await adapter.connect({ timeoutMs: CONNECT_MS });
        const record = subject.record();
        await adapter.store(record);
        expect(await adapter.retrieve(record.id)).toEqual(record);
        expect(await refusalBy(subjectThatTrusts(other.valid))).toEqual(refused);
      });
    });

    test('a server whose certificate has expired is refused', { timeout: START_MS }, async (context) => {
      const { expired } = await makeCertificates();
      await withServer(context, expired, async (subjectThatTrusts) => {
        expect(await refusalBy(subjectThatTrusts(expired))).toEqual(refused);
      });
    });
  });
}
