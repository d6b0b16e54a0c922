import { type Ledger, type LedgerTest, mergeDuplicates, mergeLedgers } from '@drydock/test-gating';

const KINDS = [
  ['offline', ({ markers }: LedgerTest) => markers.length === 0],
  ['live', ({ markers }: LedgerTest) => markers.includes('integration') && !markers.includes('slow')],
  ['faults', ({ markers }: LedgerTest) => markers.includes('integration') && markers.includes('slow')],
] as const;

/** Two tables in Markdown: what each backend passed, and which faults it survived. */
export function backendTables(ledgers: readonly Ledger[]): string {
  const { tests, services } = mergeDuplicates(mergeLedgers(ledgers));
  const backends = [...new Set(tests.flatMap((test) => backendOf(test) ?? []))].sort();
  const of = (backend: string) => tests.filter((test) => backendOf(test) === backend);
  const passed = backends.map((backend) => [
    backend,
    services.find((service) => service.backend === backend)?.version ?? 'unavailable',
    ...KINDS.map(([, belongs]) => counts(of(backend).filter(belongs))),
  ]);
  const faults = [...new Set(tests.flatMap((test) => faultOf(test) ?? []))];
  const survived = faults.map((fault) => [
    fault,
    ...backends.map((backend) => counts(of(backend).filter((test) => faultOf(test) === fault))),
  ]);
  return [
    table(['backend', 'real server', ...KINDS.map(([kind]) => kind)], passed),
    table(['fault', ...backends], survived),
  ].join('\n\n');
}

/** The text with what stands between the markers replaced. */
export function between(text: string, name: string, replacement: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there are no markers ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${replacement}\n\n${text.slice(to)}`;
}

function backendOf({ file }: LedgerTest): string | undefined {
  const backend = /^packages\/storage\/([^/]+)\//.exec(file)?.[1];
  return backend === 'contract' ? undefined : backend;
}

/** The part of a fault case's name that says what went wrong: `… > a network that fails > latency > store succeeds`. */
function faultOf({ name }: LedgerTest): string | undefined {
  const [suite = '', group = '', fault = '', ...rest] = name.split(' > ');
  if (!suite.startsWith('storage faults: ')) return undefined;
  if (group === '' || fault === '') return undefined;
  if (rest.length > 0) return fault;
  return group === 'a server with TLS' ? 'certificates' : fault.split(':')[0];
}

/** `31`, `30 of 31`, or a dash where there is nothing to count. */
function counts(tests: readonly LedgerTest[]): string {
  const ran = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  const passed = ran.filter(({ status }) => status === 'passed').length;
  const others = tests.length - ran.length;
  if (tests.length === 0) return '–';
  if (ran.length === 0) return 'not run';
  const share = passed === ran.length ? `${passed}` : `${passed} of ${ran.length}`;
  return others === 0 ? share : `${share} (${others} not run)`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'-|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
