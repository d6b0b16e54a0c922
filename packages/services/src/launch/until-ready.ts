import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceDefinition } from '@drydock/storage/service';
import { codeOf } from '../code-of.js';
import { Unavailable } from '../unavailable.js';

/** Milliseconds for a server's first answer where its definition says nothing. */
const START_TIMEOUT_MS = 60_000;
const PROBE_TIMEOUT_MS = 2_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** Probes a server that is starting until the login succeeds, and gives its version; rejects at the definition's deadline. */
export async function untilReady(
  definition: ServiceDefinition,
  variables: Readonly<Record<string, string>>,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<string> {
  const limit = definition.startTimeoutMs ?? START_TIMEOUT_MS;
  const end = performance.now() + limit;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const remaining = end - performance.now();
      return (await definition.probe(variables, Math.min(PROBE_TIMEOUT_MS, Math.max(1, remaining)))).version;
    } catch (error) {
      if (performance.now() + pause >= end) {
        throw new Unavailable(
          `did not answer within ${limit} ms of its start (${codeOf(error) ?? 'no code'})`,
        );
      }
    }
    await delay(pause, undefined, signal && { signal });
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}
