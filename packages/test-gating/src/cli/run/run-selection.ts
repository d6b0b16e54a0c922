import { nearest } from '@drydock/workspace';
import { isAt, isNamed, isNameTemplate } from '../../gate/node-id.js';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import type { RunRequest } from '../request/run-request.js';

type Selection = Pick<RunRequest, 'select' | 'name' | 'expression'>;

/** One line for each selected file or test that did not run, since it must not look like one that passed. */
export function unmetSelection({ select, name, expression }: Selection, ledger: Ledger): string[] {
  const missing = select.flatMap(({ path, name }) =>
    name === undefined ? idleFile(path, ledger) : missingTest(path, name, ledger),
  );
  const { passed, failed, gated, unavailable } = ledger.totals;
  if (missing.length > 0 || passed + failed + gated + unavailable > 0) return missing;
  if (name !== undefined) return [`-t ${name}: no test of such a name ran.`];
  return expression === undefined ? [] : [`-m "${expression}": no test matches.`];
}

/** A selected file in which nothing ran; a selected folder may hold gated tests alone. */
function idleFile(path: string, { tests }: Ledger): string[] {
  const file = path.replace(/^\.\//, '');
  const own = tests.filter((test) => test.file === file);
  return own.length === 0 ? [] : idle(file, own);
}

function idle(what: string, tests: readonly LedgerTest[]): string[] {
  if (tests.some(({ status }) => status === 'passed' || status === 'failed')) return [];
  const [{ status, reason } = { status: 'skipped', reason: undefined }] = tests;
  return [`${what} did not run: ${status}${reason === undefined ? '' : `, ${reason}`}.`];
}

function missingTest(path: string, name: string, { tests, granted }: Ledger): string[] {
  const present = tests.filter(({ file }) => isAt(file, path));
  const isHidden = ({ markers, name: template }: LedgerTest) =>
    markers.some((marker) => !granted.includes(marker)) && isNameTemplate(template);
  const named = present.filter((test) => isNamed(test.name, name) || isHidden(test));
  if (named.length > 0) return idle(`${path}::${name}`, named);
  const names = present.flatMap((test) => [test.name, ...test.name.split(' > ')]);
  const guess = nearest(name, names);
  const hint =
    guess === undefined ? 'npx --no-install drydock explain lists the tests.' : `Did you mean '${guess}'?`;
  return [`${path}::${name}: no test of that name at this level. ${hint}`];
}
