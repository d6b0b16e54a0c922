import { type Ledger, STATUSES, type TestStatus } from '../../ledger/schema.js';
import { verdictOf } from '../exit-code.js';
import { levelName } from '../outcome.js';
import { oneLine } from '../printable.js';
import { each, html, type Markup } from './markup.js';

type Count = readonly [name: TestStatus | 'flaky', count: number];

/** What ran, where and how; its verdict; one bar of all tests, whose parts filter the list. */
export function headline(ledger: Ledger): Markup {
  const { run, totals, rerunOf } = ledger;
  const { code, why } = verdictOf(ledger);
  const exitCode = run?.exitCode ?? code;
  const title = totals.failed > 0 ? `${totals.failed} failed` : exitCode === 0 ? 'all well' : 'not well';
  return html`<header>
<p class="soft">Drydock${run?.project ? ` · ${oneLine(run.project)}` : ''}</p>
<h1 class="${exitCode === 0 ? 'passed' : 'failed'}">${title}</h1>
${why === undefined ? html`` : html`<p>${why}</p>`}
${rerunOf === undefined ? html`` : html`<p class="unavailable">Only what failed last: ${ledger.tests.length} of ${rerunOf} tests. This is not a verdict on the whole.</p>`}
<dl class="facts">${each(factsOf(ledger, exitCode), ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${bar(countsOf(ledger), ledger.tests.length)}
</header>`;
}

function factsOf(ledger: Ledger, exitCode: number): [string, string][] {
  const { guard, scope, startedAt, durationMs, run } = ledger;
  const level = `${levelName(ledger)}${scope === 'none' ? '' : ` · ${scope}`}`;
  const active = guard.workers > 0 ? `active ${guard.active}/${guard.workers}` : '';
  const facts: [string, string | undefined][] = [
    ['command', run?.command],
    ['exit code', String(exitCode)],
    ['branch', run?.branch],
    ['commit', run?.commit],
    ['level', level],
    ['guard', [active, guard.wall].filter(Boolean).join(' · ')],
    ['Node', run?.node],
    ['started', startedAt.replace('T', ' ').replace(/\.\d+Z/, ' UTC')],
    ['took', `${(durationMs / 1000).toFixed(1)} s`],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, oneLine(value)]] : []));
}

function countsOf({ totals }: Ledger): Count[] {
  const { flaky = 0 } = totals;
  const counts = STATUSES.map(
    (status): Count => [status, totals[status] - (status === 'passed' ? flaky : 0)],
  );
  return [...counts, ['flaky', flaky]];
}

/** The parts as wide as their share; an SVG, because the page allows no style in its markup. */
function bar(counts: readonly Count[], all: number): Markup {
  let x = 0;
  const parts = counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => {
      const width = (count / Math.max(1, all)) * 100;
      x += width;
      return { name, x: x - width, width };
    });
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${each(
    parts,
    (part) =>
      html`<rect class="${part.name}" x="${part.x.toFixed(3)}" y="0" width="${part.width.toFixed(3)}" height="4"/>`,
  )}</svg>
<div class="counts" role="group" aria-label="Tests by status">${each(
    counts.filter(([name, count]) => name !== 'flaky' || count > 0),
    ([name, count]) =>
      html`<button type="button" class="${name}" data-status="${name}" aria-pressed="false"><b>${count}</b> ${name}</button>`,
  )}</div>`;
}
