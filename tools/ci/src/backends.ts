/** What the tables need of a ledger. */
export interface TestedLedger {
  readonly services: readonly {
    readonly backend: string;
    readonly version?: string;
    readonly reason?: string;
  }[];
  readonly tests: readonly {
    readonly id: string;
    readonly file: string;
    readonly name: string;
    readonly markers: readonly string[];
    readonly status: string;
    readonly reason?: string;
  }[];
}

type Test = TestedLedger['tests'][number];

/** Shown first of the words that a test can come to. */
const STRENGTH = ['failed', 'passed', 'skipped', 'unavailable', 'gated'];
const KINDS = [
  ['offline', ({ markers }: Test) => markers.length === 0],
  ['live', ({ markers }: Test) => markers.includes('integration') && !markers.includes('slow')],
  ['faults', ({ markers }: Test) => markers.includes('integration') && markers.includes('slow')],
] as const;

/** Two tables in Markdown: what each backend passed, and which faults it survived. */
export function backendTables(ledgers: readonly TestedLedger[]): string {
  const tests = strongest(ledgers.flatMap((ledger) => ledger.tests));
  const backends = [...new Set([...tests].flatMap((test) => backendOf(test) ?? []))].sort();
  const of = (backend: string) => tests.filter((test) => backendOf(test) === backend);
  const passed = backends.map((backend) => [
    backend,
    serverOf(backend, ledgers),
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

/** One entry a test: what one level gates and another runs has run. */
function strongest(tests: readonly Test[]): Test[] {
  const byId = new Map<string, Test>();
  for (const test of tests) {
    const known = byId.get(test.id);
    if (!known || STRENGTH.indexOf(test.status) < STRENGTH.indexOf(known.status)) byId.set(test.id, test);
  }
  return [...byId.values()];
}

function backendOf({ file }: Test): string | undefined {
  const backend = /^packages\/storage\/([^/]+)\//.exec(file)?.[1];
  return backend === 'contract' ? undefined : backend;
}

/** The part of a fault case's name that says what went wrong: `… > a network that fails > latency > store succeeds`. */
function faultOf({ name }: Test): string | undefined {
  const [suite = '', group = '', fault = '', ...rest] = name.split(' > ');
  if (!suite.startsWith('storage faults: ')) return undefined;
  if (group === '' || fault === '') return undefined;
  if (rest.length > 0) return fault;
  return group === 'a server with TLS' ? 'certificates' : fault.split(':')[0];
}

function serverOf(backend: string, ledgers: readonly TestedLedger[]): string {
  const known = ledgers.flatMap(({ services }) => services.filter((service) => service.backend === backend));
  return known.find(({ version }) => version !== undefined)?.version ?? 'unavailable';
}

/** `31`, `30 of 31`, or a dash where there is nothing to count. */
function counts(tests: readonly Test[]): string {
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
