import type { PreflightReport } from '@drydock/triage/preflight';
import { findProject } from '@drydock/workspace';
import type { Ledger } from '../../ledger/schema.js';
import type { RunRequest } from '../request/run-request.js';
import { preflight } from './preflight.js';

/**
 * Checks endpoints and sandbox again after tests failed, and classifies the failures by what was found. Without a
 * failure the ledger keeps the preflight from before the run.
 */
export async function reclassifyWithPreflight(
  ledger: Ledger,
  before: PreflightReport | undefined,
  request: RunRequest,
): Promise<Ledger> {
  if (!ledger.tests.some(({ failure }) => failure?.errors))
    return { ...ledger, ...(before && { preflight: before }) };
  const [{ findingsOf }, { detectSandbox }, { reclassify }, { triageOptionsOf }] = await Promise.all([
    import('@drydock/triage/preflight'),
    import('@drydock/triage/sandbox'),
    import('../../ledger/reclassify.js'),
    import('../../project/triage-options.js'),
  ]);
  const triage = triageOptionsOf(findProject(request.workspaceRoot).field, request.workspaceRoot);
  const report = (await preflight(request))?.report;
  if (report) return { ...reclassify(ledger, findingsOf(report), triage), preflight: report };
  const sandbox = await detectSandbox();
  if (sandbox.kind === 'none') return ledger;
  const { kind, evidence, remedy } = sandbox;
  const found = { kind, evidence, ...(remedy !== undefined && { remedy }) };
  return reclassify(ledger, { sandbox: found }, triage);
}
