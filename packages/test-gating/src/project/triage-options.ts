import { checkRules, type Rule } from '@drydock/triage';
import { type DrydockField, UsageError } from '@drydock/workspace';

/**
 * The triage rules that the project adds.
 *
 * @throws UsageError that names the rule and what is wrong with it.
 */
export function triageRulesOf({ triage = [] }: Pick<DrydockField, 'triage'>): readonly Rule[] {
  try {
    return checkRules(triage);
  } catch (error) {
    throw new UsageError(`${(error as Error).message} It stands in drydock.triage of the package.json.`);
  }
}
