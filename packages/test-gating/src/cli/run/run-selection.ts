import { nearest } from '@drydock/workspace';
import { isAt, isNamed } from '../../gate/node-id.js';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import type { RunRequest } from '../request/run-request.js';

/** Names that only running code would know: a test may be gated under a template of the name that was asked for. */
export const TEMPLATE = /[%$\u2026]|while it runs/;

type Asked = Pick<RunRequest, 'select' | 'name' | 'expression'>;

/** Says of each part of a selection that nothing answered to it: a test that is not there must not look like one that passed. */
export function unmetSelection({ select, name, expression }: Asked, ledger: Ledger): string[] {
  const missing = select.flatMap((id) =>
    id.name === undefined ? [] : missingTest(id.path, id.name, ledger),
  );
  const { passed, failed, gated, unavailable } = ledger.totals;
  if (missing.length > 0 || passed + failed + gated + unavailable > 0) return missing;
  if (name !== undefined) return [`-t ${name}: no test of such a name ran.`];
  return expression === undefined ? [] : [`-m "${expression}": no test matches.`];
}

function missingTest(path: string, name: string, { tests, granted }: Ledger): string[] {
  const there = tests.filter(({ file }) => isAt(file, path));
  const isHidden = ({ markers, name: template }: LedgerTest) =>
    markers.some((marker) => !granted.includes(marker)) && TEMPLATE.test(template);
  if (there.some((test) => isNamed(test.name, name) || isHidden(test))) return [];
  const names = there.flatMap((test) => [test.name, ...test.name.split(' > ')]);
  const guess = nearest(name, names);
  const hint = guess === undefined ? 'drydock explain lists what is there.' : `Did you mean '${guess}'?`;
  return [`${path}::${name}: no test of that name at this level. ${hint}`];
}
