import { type ClassifyOptions, checkOrigin, type Origin } from '@drydock/triage';
import type { DrydockField } from '@drydock/workspace';
import { originsVisibleFrom } from '@drydock/workspace/origins';
import { orUsageError, triageRulesOf } from './triage-rules.js';

/**
 * What the project adds to triage: its own rules, and what the backends and providers that `folder` sees say of their errors.
 *
 * @throws UsageError that names the rule, or the backend when its turn comes, and what is wrong with it.
 */
export function triageOptionsOf(field: Pick<DrydockField, 'triage'>, folder: string): ClassifyOptions {
  const rules = triageRulesOf(field);
  let origins: readonly Origin[] | undefined;
  return {
    rules,
    // Read with the first failure: most runs have none.
    get origins() {
      origins ??= orUsageError('drydock.errors', () =>
        originsVisibleFrom(folder).map((origin) => checkOrigin(origin as Origin)),
      );
      return origins;
    },
  };
}
