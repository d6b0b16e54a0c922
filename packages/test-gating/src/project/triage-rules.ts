import { checkRules, type Rule } from '@drydock/triage';
import { type DrydockField, UsageError } from '@drydock/workspace';

/**
 * The rules that the project adds to triage.
 *
 * @throws UsageError that names the rule and what is wrong with it.
 */
export function triageRulesOf({ triage = [] }: Pick<DrydockField, 'triage'>): readonly Rule[] {
  return orUsageError('drydock.triage', () => checkRules(triage));
}

/** Names the place in the package.json of whatever a check of triage's refuses. */
export function orUsageError<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new UsageError(`${(error as Error).message} It stands in ${place} of the package.json.`);
  }
}
