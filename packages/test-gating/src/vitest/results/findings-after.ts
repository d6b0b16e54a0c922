import type { Findings } from '@drydock/triage';
import type { Ledger } from '../../ledger/schema.js';
import type { RunServices } from '../services/run-services.js';

/** Subclasses of failures that a sandbox may cause; it may deny a socket that nobody dialled from, too. */
const SANDBOX_SYMPTOMS = new Set(['sandbox', 'dns', 'routing', 'refused', 'untried']);

/** Checks, while servers are still up, those whose tests failed and looks for a sandbox; undefined where no failure needs it. */
export async function findingsAfter(
  { tests }: Ledger,
  services: RunServices | undefined,
): Promise<Findings | undefined> {
  const failed = tests.filter(({ failure }) => failure?.errors !== undefined);
  const backends = failed.flatMap(({ backend }) => (backend === undefined ? [] : [backend]));
  const endpoints = services === undefined || backends.length === 0 ? [] : await services.check(backends);
  const mayBeSandbox = failed.some(({ failure }) => SANDBOX_SYMPTOMS.has(failure?.subclass ?? ''));
  const sandbox = mayBeSandbox ? await findSandbox() : undefined;
  if (endpoints.length === 0 && sandbox === undefined) return undefined;
  return { endpoints, ...(sandbox && { sandbox }) };
}

async function findSandbox(): Promise<Findings['sandbox'] | undefined> {
  // Loaded only here, because most runs have no such failures.
  const { detectSandbox } = await import('@drydock/triage/sandbox');
  const { kind, evidence, remedy } = await detectSandbox();
  return kind === 'none' ? undefined : { kind, evidence, ...(remedy !== undefined && { remedy }) };
}
