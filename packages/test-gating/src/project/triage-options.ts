import { type ClassifyOptions, checkOrigin, checkRules, type Origin } from '@drydock/triage';
import { type DrydockField, UsageError } from '@drydock/workspace';
import { originsVisibleFrom } from '@drydock/workspace/origins';

/**
 * What the project adds to triage: its own rules, and what the backends and providers that `folder` sees say of their errors.
 *
 * @throws UsageError that names the rule, or the backend when its turn comes, and what is wrong with it.
 */
export function triageOptionsOf(
  { triage = [] }: Pick<DrydockField, 'triage'>,
  folder: string,
): ClassifyOptions {
  const rules = orUsageError('drydock.triage', () => checkRules(triage));
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

function orUsageError<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new UsageError(`${(error as Error).message} It stands in ${place} of the package.json.`);
  }
}
