import { STEPS } from '@drydock/triage/preflight';
import { flagOf, type Marker, nxCommandOf, type Registry } from '@drydock/workspace';
import type { Ledger, TestStatus } from '../../ledger/schema.js';
import { type CauseOfTests, causesOf, commandFor, countOf, kindOf } from '../outcome.js';
import { oneLine } from '../printable.js';
import { each, html, type Markup } from './markup.js';
import { type Cell, tableSection } from './table.js';

const MOST_CAUSES = 30;
const MOST_BLOCKED = 100;
const SLOWEST = 10;

/** Failures by cause, each with its tests, which the page's script fills in. */
export function causes(ledger: Ledger): Markup {
  const found = causesOf(ledger);
  if (found.length === 0) return html``;
  const index = new Map(ledger.tests.map((test, at) => [test as object, at]));
  const more = found.length - MOST_CAUSES;
  return html`<section aria-labelledby="causes"><h2 id="causes">${countOf(found)}</h2>
${each(found.slice(0, MOST_CAUSES), (cause) => causeOf(cause, ledger, index))}
${more > 0 ? html`<p>… and ${more} more causes, whose tests are in the list below.</p>` : html``}</section>`;
}

function causeOf(cause: CauseOfTests, ledger: Ledger, index: ReadonlyMap<object, number>): Markup {
  const { failures } = cause;
  const tests = failures.map((test) => index.get(test) ?? -1).join(' ');
  return html`<div class="cause ${cause.class}">
<p class="kind">${kindOf(cause)} · ${failures.length} ${failures.length === 1 ? 'test' : 'tests'}</p>
<p>${oneLine(cause.evidence, 1_000)}</p>
<p><span class="soft">fix</span> ${oneLine(cause.remedy, 1_000)}</p>
<p class="again"><code>${commandFor(failures, ledger)}</code></p>
<div class="members" data-tests="${tests}"></div>
</div>`;
}

/** The tests that took longest. */
export function slowest({ tests }: Ledger): Markup {
  const slow = tests
    .filter(({ durationMs }) => durationMs > 0)
    .sort((one, other) => other.durationMs - one.durationMs)
    .slice(0, SLOWEST);
  const rows = slow.map(({ id, name, file, durationMs }): Cell[] => [
    html`<a href="#test=${encodeURIComponent(oneLine(id))}">${oneLine(name)}</a>`,
    oneLine(file),
    { class: 'number', content: `${durationMs.toLocaleString('en')} ms` },
  ]);
  return tableSection(
    'slowest',
    slow.length === 1 ? 'The slowest test' : `The slowest ${slow.length} tests`,
    ['test', 'file', 'took'],
    rows,
  );
}

/** Grant of each marker, and the results of its tests. */
export function levels({ tests, granted }: Ledger, registry: Registry): Markup {
  const rows = registry.markers
    .map((marker) => ({ marker, own: tests.filter(({ markers }) => markers.includes(marker.name)) }))
    .filter(({ own }) => own.length > 0)
    .map(({ marker, own }): Cell[] => {
      const count = (...statuses: TestStatus[]) =>
        own.filter(({ status }) => statuses.includes(status)).length;
      const isGranted = granted.includes(marker.name) ? 'yes' : 'no';
      const ways = waysToRun(marker, registry);
      return [
        marker.name,
        isGranted,
        marker.scope ?? 'nothing',
        count('passed', 'failed'),
        count('gated'),
        ways,
      ];
    });
  return tableSection(
    'levels',
    'Levels',
    ['marker', 'granted', 'may reach', 'ran', 'gated', 'run them with'],
    rows,
  );
}

function waysToRun(marker: Marker, registry: Registry): Markup {
  const command = nxCommandOf([marker], registry);
  return command === undefined
    ? html`<code>npx --no-install drydock run ${flagOf(marker)}</code>`
    : html`<code>${command}</code> or <code>${flagOf(marker)}</code>`;
}

/** Origin of each backend's server, and the results of its tests. */
export function services({ services: found, tests }: Ledger): Markup {
  const rows = found.map(
    ({ backend, status, version = '', provenance = '', reason = '', remedy = '' }): Cell[] => {
      const count = (wanted: TestStatus) =>
        tests.filter((test) => test.backend === backend && test.status === wanted).length;
      const from = status === 'available' ? provenance : [reason, remedy].filter(Boolean).join('. ');
      const state = { class: status === 'available' ? 'passed' : 'unavailable', content: status };
      return [oneLine(backend), state, oneLine(version), oneLine(from), count('passed'), count('failed')];
    },
  );
  const columns = ['name', 'status', 'version', 'from', 'passed', 'failed'];
  return tableSection('services', 'Backends and providers', columns, rows);
}

/** Check of each endpoint, step by step. */
export function endpoints({ preflight }: Ledger): Markup {
  const rows = (preflight?.endpoints ?? []).map(({ name, endpoint, findings, latencyMs }): Cell[] => [
    html`${oneLine(name)} <span class="soft">${oneLine(endpoint)}</span>`,
    ...STEPS.map((step): Cell => {
      const finding = findings.find((one) => one.step === step);
      if (!finding) return { class: 'soft', content: '·' };
      const said = oneLine(finding.evidence);
      return finding.ok
        ? { class: 'passed', content: html`<span title="${said}">ok</span>` }
        : { class: 'failed', content: html`${finding.code ?? 'failed'} <span class="soft">${said}</span>` };
    }),
    { class: 'number', content: latencyMs === undefined ? '' : `${latencyMs.toFixed(1)} ms` },
  ]);
  return tableSection('endpoints', 'Endpoints', ['endpoint', ...STEPS, 'latency'], rows);
}

/** Attempts that the guard blocked. */
export function blocked({ guard }: Ledger): Markup {
  const rows = guard.blocked
    .slice(0, MOST_BLOCKED)
    .map(({ protocol, host, port, test = 'no test', stack }): Cell[] => [
      html`${protocol} <code>${oneLine(host)}${port === undefined ? '' : `:${port}`}</code>`,
      oneLine(test),
      html`<code>${oneLine(stack.split('\n')[0] ?? '')}</code>`,
    ]);
  return tableSection('blocked', 'Blocked by the guard', ['what', 'test', 'where'], rows);
}

/** Origin of each variable, never its value. */
export function environment({ env }: Ledger): Markup {
  const rows = env.map(({ name, provenance }): Cell[] => [
    html`<code>${oneLine(name)}</code>`,
    oneLine(provenance),
  ]);
  return tableSection('environment', 'Environment', ['variable', 'from'], rows);
}
