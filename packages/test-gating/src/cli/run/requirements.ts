import { nearest, type Registry } from '@drydock/workspace';
import { isNamed } from '../../gate/node-id.js';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';

/** One line for each `--require` that was not met, with the reason: none of its tests ran, or one was left out. */
export function unmetRequirements(required: readonly string[], ledger: Ledger, registry: Registry): string[] {
  const named = required.flatMap((word) => word.split(','));
  const backends = ledger.services.map(({ backend }) => backend);
  const all = named.includes('all') ? [...ledger.granted, ...backends] : [];
  return [...new Set([...named.filter((word) => word !== 'all'), ...all])].flatMap((word) => {
    const tests = testsNamed(word, ledger, registry);
    const problem =
      tests === undefined ? unknownWord(word, ledger, registry) : problemOf(tests, ledger, word);
    return problem === undefined ? [] : [`--require ${word}: ${problem}`];
  });
}

function testsNamed(word: string, { tests, services }: Ledger, registry: Registry): LedgerTest[] | undefined {
  if (registry.markers.some(({ name }) => name === word))
    return tests.filter(({ markers }) => markers.includes(word));
  if (services.some(({ backend }) => backend === word))
    return tests.filter(({ backend }) => backend === word);
  const [path = '', ...names] = word.split('::');
  const wanted = names.join(' > ');
  const own = tests.filter(
    ({ id, name, file }) =>
      id === word ||
      name === word ||
      file === word ||
      (file === path && wanted !== '' && isNamed(name, wanted)),
  );
  const found = own.length > 0 ? own : tests.filter(({ name }) => isNamed(name, word));
  return found.length > 0 ? found : undefined;
}

function problemOf(tests: readonly LedgerTest[], { services }: Ledger, word: string): string | undefined {
  const absent = services.find(({ backend, status }) => backend === word && status === 'unavailable');
  if (absent) return `unavailable (${absent.reason ?? 'no reason given'})`;
  if (!tests.some(({ status }) => status === 'passed' || status === 'failed')) return 'none of its tests ran';
  const left = tests.find(
    ({ status, reason }) => status === 'unavailable' || (status === 'skipped' && reason !== 'not selected'),
  );
  return left && `${left.id} was ${left.status} (${left.reason ?? 'no reason given'})`;
}

function unknownWord(word: string, { tests, services }: Ledger, registry: Registry): string {
  const known = [
    ...registry.markers.map(({ name }) => name),
    ...services.map(({ backend }) => backend),
    ...tests.map(({ id }) => id),
  ];
  const guess = nearest(word, known);
  return `nothing of that name ran${guess === undefined ? '' : `. Did you mean '${guess}'?`}`;
}
