import type { Findings } from '@drydock/triage';
import type { Ledger } from '../ledger/schema.js';
import type { ServiceDesk } from './run-services.js';

/** What a sandbox may be the cause of. */
const WALLED = new Set(['sandbox', 'dns', 'routing', 'refused']);

/** Looks around while servers are still up: are those well whose tests failed, and is there a sandbox; undefined where nothing has to be known. */
export async function findingsAfter(
  { tests }: Ledger,
  desk: ServiceDesk | undefined,
): Promise<Findings | undefined> {
  const failed = tests.filter(({ failure }) => failure?.errors !== undefined);
  const backends = failed.flatMap(({ backend }) => (backend === undefined ? [] : [backend]));
  const endpoints = desk === undefined || backends.length === 0 ? [] : await desk.check(backends);
  const isWalled = failed.some(
    ({ failure }) => failure?.class === 'environment' && WALLED.has(failure.subclass ?? ''),
  );
  const sandbox = isWalled ? await sandboxFound() : undefined;
  if (endpoints.length === 0 && sandbox === undefined) return undefined;
  return { endpoints, ...(sandbox && { sandbox }) };
}

async function sandboxFound(): Promise<Findings['sandbox'] | undefined> {
  // Loaded only here: a run without such failures has no use for it.
  const { detectSandbox } = await import('@drydock/triage/sandbox');
  const { kind, evidence, remedy } = await detectSandbox();
  return kind === 'none' ? undefined : { kind, evidence, ...(remedy !== undefined && { remedy }) };
}
