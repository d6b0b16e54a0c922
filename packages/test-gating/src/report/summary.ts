import { flagOf, nxCommandOf, type Registry } from '@drydock/workspace';
import colors from 'picocolors';
import { type Ledger, type LedgerTest, totalsOf } from '../ledger/schema.js';
import { columns } from './columns.js';
import { levelName } from './outcome.js';
import { oneLine } from './printable.js';

const MOST_FLAKY = 10;
const MOST_REASONS = 6;

/** Time of a run some of whose results come from a cache. */
export interface Timing {
  /** Milliseconds that the run itself took. */
  readonly wallMs: number;
  /** Milliseconds that the results from the cache had taken. */
  readonly cachedMs: number;
}

/** How a summary is shown. */
export interface SummaryOptions {
  readonly timing?: Timing | undefined;
  /** Columns of the terminal. @default no limit */
  readonly width?: number;
}

/** Summary of a run for people: grants, totals, services, and the commands that run the gated tests. */
export function formatSummary(
  ledger: Ledger,
  registry: Registry,
  { timing, width = Number.POSITIVE_INFINITY }: SummaryOptions = {},
): string {
  const parts = [
    headline(ledger),
    totalsLine(ledger, timing),
    ...serviceLines(ledger, width),
    ...flakyTable(ledger, width),
    ...reasonsTable('skipped', ledger, width),
    ...reasonsTable('unavailable', ledger, width),
    ...gatedTable(ledger, registry, width),
  ];
  return parts.join('\n');
}

function headline(ledger: Ledger): string {
  const { scope, guard } = ledger;
  const active = guard.workers > 0 ? ` · guard active ${guard.active}/${guard.workers}` : '';
  const protection = `${active}${guard.wall ? ` · ${guard.wall}` : ''}`;
  return ` ${colors.bold('drydock')}  ${levelName(ledger)}${scope === 'none' ? '' : ` · ${scope}`}${protection}`;
}

function totalsLine({ totals, durationMs }: Ledger, timing?: Timing): string {
  const optional = (['gated', 'skipped', 'unavailable'] as const)
    .filter((status) => totals[status] > 0)
    .map((status) => `${totals[status]} ${status}`);
  const failed = `${totals.failed} failed`;
  const flaky = totals.flaky ? ` (${totals.flaky} flaky)` : '';
  const passed = `${totals.passed} passed`;
  const counts = [
    `${totals.passed > 0 ? colors.green(passed) : passed}${flaky}`,
    ...optional,
    totals.failed > 0 ? colors.red(failed) : colors.green(failed),
  ];
  const cached =
    timing && timing.cachedMs > 0 ? `   ${seconds(timing.cachedMs)} of results from the cache` : '';
  return ` ${counts.join('   ')}   ${seconds(timing?.wallMs ?? durationMs)}${cached}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function flakyTable({ tests }: Ledger, width: number): string[] {
  const flaky = tests.filter((test) => test.flaky);
  if (flaky.length === 0) return [];
  const rows = flaky.slice(0, MOST_FLAKY).map(({ id, reason = '' }) => [oneLine(id), oneLine(reason)]);
  const more = flaky.length - rows.length;
  return ['', ...columns([['flaky', ''], ...rows], width), ...(more > 0 ? [` … and ${more} more`] : [])];
}

function serviceLines({ services, tests }: Ledger, width: number): string[] {
  if (services.length === 0) return [];
  const rows = services.map((service) => {
    if (service.status === 'unavailable')
      return [service.backend, `unavailable: ${service.reason ?? 'no reason given'}`];
    const own = tests.filter(({ backend }) => backend === service.backend);
    return [service.backend, service.version ?? '', service.provenance ?? '', ...countsOf(own)];
  });
  return ['', ...columns(rows, width)];
}

function countsOf(tests: readonly LedgerTest[]): string[] {
  const totals = totalsOf(tests);
  const failed = totals.failed === 0 ? [] : [`${totals.failed} failed`];
  return [`${totals.passed} passed`, ...failed];
}

/** Why tests were left out; what a service's own line says already is left out. */
function reasonsTable(
  status: 'skipped' | 'unavailable',
  { tests, services }: Ledger,
  width: number,
): string[] {
  const counts = new Map<string, number>();
  for (const test of tests) {
    const { reason = 'no reason given' } = test;
    if (test.status !== status || services.some((service) => service.reason === reason)) continue;
    counts.set(oneLine(reason), (counts.get(oneLine(reason)) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => [String(count), reason]);
  if (rows.length === 0) return [];
  const more = rows.length - MOST_REASONS;
  const shown = columns([['tests', status], ...rows.slice(0, MOST_REASONS)], width);
  return ['', ...shown, ...(more > 0 ? [` … and ${more} more reasons`] : [])];
}

function gatedTable({ tests }: Ledger, registry: Registry, width: number): string[] {
  const groups = new Map<string, LedgerTest[]>();
  for (const test of tests) {
    if (test.status !== 'gated') continue;
    const key = (test.missing ?? []).join(' + ');
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  if (groups.size === 0) return [];
  const rows = [...groups].map(([key, gated]) => {
    const missing = registry.markers.filter(({ name }) => gated[0]?.missing?.includes(name));
    const flags = missing.map(flagOf).join(' ');
    const command = nxCommandOf(missing, registry);
    const ways = command === undefined ? [`npx --no-install drydock run ${flags}`] : [command, flags];
    return [key, String(gated.length), ...ways];
  });
  const head = ['gated', 'tests', 'run them with', ...(registry.inNx ? [''] : [])];
  return ['', ...columns([head, ...rows], width)];
}
