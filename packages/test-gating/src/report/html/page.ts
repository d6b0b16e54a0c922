import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { classLabel } from '@drydock/triage';
import type { Registry } from '@drydock/workspace';
import { type Ledger, STATUSES } from '../../ledger/schema.js';
import type { RunRecord } from '../history/run-history.js';
import { trendsOf } from '../history/trends.js';
import { oneLine } from '../printable.js';
import { headline } from './head.js';
import { historySection } from './history-section.js';
import { each, html, jsonForScript, Markup } from './markup.js';
import { blocked, causes, endpoints, environment, levels, services, slowest } from './sections.js';
import { type View, viewOf } from './view.js';

const CLASSES = ['environment', 'harness', 'mechanism'];

/**
 * Report of a run as one self-contained page, whose content security policy allows no request. Names of tests appear as
 * text, whatever they hold.
 */
export function htmlReport(ledger: Ledger, registry: Registry, history: readonly RunRecord[] = []): string {
  const style = asset('report.css');
  const script = ['test.js', 'timeline.js', 'report.js'].map(asset).join('\n');
  const trends = trendsOf(ledger, history);
  const view = viewOf(ledger, trends);
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${oneLine(ledger.run?.project || 'Drydock')}: ${ledger.totals.failed === 0 ? 'all well' : `${ledger.totals.failed} failed`}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip-link" href="#tests">Skip to the tests</a>
${headline(ledger)}
<main>
${causes(ledger)}
${testsSection(view, ledger)}
${historySection(trends)}
${slowest(ledger)}
${services(ledger)}
${endpoints(ledger)}
${blocked(ledger)}
${levels(ledger, registry)}
${timeline(view)}
${environment(ledger)}
</main>
<script type="application/json" id="data">${jsonForScript(view)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function timeline({ lanes }: View): Markup {
  if (lanes.length === 0) return html``;
  return html`<section id="timeline" aria-labelledby="timeline-title" tabindex="0"><h2 id="timeline-title">Timeline</h2>
<p class="soft">A bar for each stretch of tests, the slowest ${lanes.length === 1 ? 'file' : `${lanes.length} files`} first.</p>
<div id="lanes"></div></section>`;
}

function testsSection({ tests, projects }: View, ledger: Ledger): Markup {
  const markers = [...new Set(tests.flatMap((test) => test.markers ?? []))].sort();
  return html`<section id="tests" aria-labelledby="tests-title"><h2 id="tests-title">Tests</h2>
<form class="filters" id="filters">
<label class="wide">Search <input name="q" type="search" placeholder="name, file, message" aria-keyshortcuts="/"></label>
${select('status', 'Status', ledger.totals.flaky ? [...STATUSES, 'flaky'] : STATUSES)}
${select('class', 'Whose fault', CLASSES, classLabel)}
${select('marker', 'Marker', markers.length === 0 ? [] : ['none', ...markers])}
${select('project', 'Project', projects.length > 1 ? [...projects].sort() : [])}
<button type="reset">Show all</button>
</form>
<p id="found" class="soft" aria-live="polite"></p>
<div id="list"></div>
<p><button type="button" id="more" hidden>Show more</button></p>
<noscript><p>The list needs JavaScript, all of which stands in this file.</p></noscript></section>`;
}

function select(
  name: string,
  label: string,
  values: readonly string[],
  labelOf: (value: string) => string = (value) => value,
): Markup {
  if (values.length === 0) return html`<input type="hidden" name="${name}">`;
  return html`<label>${label} <select name="${name}"><option value="">all</option>${each(
    values,
    (value) => html`<option value="${oneLine(value)}">${oneLine(labelOf(value))}</option>`,
  )}</select></label>`;
}

// Beside `dist` and `src` alike, so that the same path leads there from either.
function asset(name: string): string {
  return readFileSync(new URL(`../../../assets/${name}`, import.meta.url), 'utf8');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
