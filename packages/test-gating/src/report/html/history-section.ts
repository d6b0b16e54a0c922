import type { RunRecord } from '../history/run-history.js';
import type { Trends } from '../history/trends.js';
import { oneLine } from '../printable.js';
import { each, html, type Markup } from './markup.js';

const MOST_TESTS = 10;
const HEIGHT = 40;
const STEP = 12;

/** Earlier runs as bars, tests that began to fail, tests that are not steady. */
export function historySection({ runs, newlyFailing, unsteady }: Trends): Markup {
  if (runs.length < 2) return html``;
  return html`<section aria-labelledby="history"><h2 id="history">The last ${runs.length} runs</h2>
${chart(runs)}
${list(
  'Began to fail',
  newlyFailing.map((id) => [id, '']),
)}
${list(
  'Not steady',
  unsteady.map(({ id, failed, ran }) => [id, `not well in ${failed} of ${ran} runs`]),
)}</section>`;
}

function chart(runs: readonly RunRecord[]): Markup {
  const most = Math.max(1, ...runs.map(({ totals }) => totals.passed + totals.failed));
  const failed = runs.filter(({ totals }) => totals.failed > 0).length;
  const label = `Of the last ${runs.length} runs ${failed} had failures`;
  return html`<svg class="runs" viewBox="0 0 ${runs.length * STEP} ${HEIGHT}" width="${runs.length * STEP}" height="${HEIGHT}" role="img" aria-label="${label}">${each(
    runs.map((run, index) => ({ run, x: index * STEP })),
    ({ run: { totals, startedAt, isPart }, x }) => {
      const high = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT));
      const red = high(totals.failed);
      const green = Math.min(HEIGHT - red, high(totals.passed));
      const said = `${startedAt.slice(0, 16).replace('T', ' ')}: ${totals.passed} passed, ${totals.failed} failed${isPart ? ', only a part' : ''}`;
      return html`<g class="${isPart ? 'part' : 'whole'}"><title>${said}</title><rect class="passed" x="${x}" y="${HEIGHT - green}" width="${STEP - 3}" height="${green}"/><rect class="failed" x="${x}" y="${HEIGHT - green - red}" width="${STEP - 3}" height="${red}"/></g>`;
    },
  )}</svg>`;
}

function list(title: string, tests: readonly (readonly [id: string, note: string])[]): Markup {
  if (tests.length === 0) return html``;
  const more = tests.length - MOST_TESTS;
  return html`<h3>${title}</h3>
<ul>${each(
    tests.slice(0, MOST_TESTS),
    ([id, note]) =>
      html`<li><a href="#test=${encodeURIComponent(oneLine(id))}">${oneLine(id)}</a> <span class="soft">${note}</span></li>`,
  )}${more > 0 ? html`<li>… and ${more} more</li>` : html``}</ul>`;
}
