import { nearest } from '@drydock/workspace';
import { isAt, isNamed, isNameTemplate } from '../../gate/node-id.js';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import type { RunRequest } from '../request/run-request.js';

type Selection = Pick<RunRequest, 'select' | 'name' | 'expression'>;

/** One line for each selected test that is not in the ledger, since a missing test must not look like a passed one. */
export function unmetSelection({ select, name, expression }: Selection, ledger: Ledger): string[] {
  const missing = select.flatMap((id) =>
    id.name === undefined ? [] : missingTest(id.path, id.name, ledger),
  );
  const { passed, failed, gated, unavailable } = ledger.totals;
  if (missing.length > 0 || passed + failed + gated + unavailable > 0) return missing;
  if (name !== undefined) return [`-t ${name}: no test of such a name ran.`];
  return expression === undefined ? [] : [`-m "${expression}": no test matches.`];
}

function missingTest(path: string, name: string, { tests, granted }: Ledger): string[] {
  const present = tests.filter(({ file }) => isAt(file, path));
  const isHidden = ({ markers, name: template }: LedgerTest) =>
    markers.some((marker) => !granted.includes(marker)) && isNameTemplate(template);
  if (present.some((test) => isNamed(test.name, name) || isHidden(test))) return [];
  const names = present.flatMap((test) => [test.name, ...test.name.split(' > ')]);
  const guess = nearest(name, names);
  const hint = guess === undefined ? 'drydock explain lists the tests.' : `Did you mean '${guess}'?`;
  return [`${path}::${name}: no test of that name at this level. ${hint}`];
}
