import { STEPS } from '@drydock/triage/preflight';
import { flagOf, type Marker, nxCommandOf, type Registry } from '@drydock/workspace';
import { type Ledger, STATUSES, type TestStatus } from '../../ledger/schema.js';
import { causesOf, kindOf, levelName } from '../outcome.js';
import { oneLine } from '../printable.js';
import { each, html, type Markup } from './markup.js';

const NOTHING = html``;

// A section with a table scrolls sideways on a phone, and a keyboard has to be able to get there.

/** Grants of the run, and the number of tests by status. */
export function headline(ledger: Ledger): Markup {
  const { guard, scope, startedAt, durationMs, totals } = ledger;
  const active = guard.workers > 0 ? ` · guard active ${guard.active}/${guard.workers}` : '';
  const namespace = guard.wall ? ` · ${guard.wall}` : '';
  return html`<header>
<h1>Drydock</h1>
<p>${oneLine(levelName(ledger))}${scope === 'none' ? '' : ` · ${scope}`}${active}${oneLine(namespace)}</p>
<p class="soft"><time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/\.\d+Z/, ' UTC')}</time> · ${(durationMs / 1000).toFixed(1)} s</p>
<div class="counts" role="group" aria-label="Tests by status">${each(
    STATUSES,
    (status) =>
      html`<button type="button" class="${status}" data-status="${status}" aria-pressed="false"><b>${totals[status]}</b> ${status}</button>`,
  )}${totals.flaky ? html`<button type="button" class="unavailable" data-status="flaky" aria-pressed="false"><b>${totals.flaky}</b> flaky</button>` : NOTHING}</div>
</header>`;
}

/** Failures by cause. */
export function causes(ledger: Ledger): Markup {
  const found = causesOf(ledger);
  if (found.length === 0) return NOTHING;
  const failed = ledger.totals.failed;
  const title = `${failed} ${failed === 1 ? 'failure' : 'failures'}, ${found.length === 1 ? 'one cause' : `${found.length} causes`}`;
  return html`<section aria-labelledby="causes"><h2 id="causes">${title}</h2>
${each(
  found.slice(0, 50),
  (cause) => html`<div class="cause ${cause.class}">
<p class="kind">${kindOf(cause)} · ${cause.failures.length} ${cause.failures.length === 1 ? 'test' : 'tests'}</p>
<p>${oneLine(cause.evidence, 1_000)}</p>
<p><span class="soft">fix</span> ${oneLine(cause.remedy, 1_000)}</p>
</div>`,
)}</section>`;
}

/** Grant of each marker, and the results of its tests. */
export function levels({ tests, granted }: Ledger, registry: Registry): Markup {
  const rows = registry.markers
    .map((marker) => ({ marker, own: tests.filter(({ markers }) => markers.includes(marker.name)) }))
    .filter(({ own }) => own.length > 0);
  if (rows.length === 0) return NOTHING;
  return html`<section aria-labelledby="levels" tabindex="0"><h2 id="levels">Levels</h2>
<table><thead><tr><th>marker</th><th>granted</th><th>may reach</th><th>ran</th><th>gated</th><th>run them with</th></tr></thead><tbody>${each(
    rows,
    ({ marker, own }) => {
      const count = (...statuses: TestStatus[]) =>
        own.filter(({ status }) => statuses.includes(status)).length;
      return html`<tr><th scope="row">${marker.name}</th><td>${granted.includes(marker.name) ? 'yes' : 'no'}</td><td>${marker.scope ?? 'nothing'}</td><td class="number">${count('passed', 'failed')}</td><td class="number">${count('gated')}</td><td>${waysToRun(marker, registry)}</td></tr>`;
    },
  )}</tbody></table></section>`;
}

function waysToRun(marker: Marker, registry: Registry): Markup {
  const command = nxCommandOf([marker], registry);
  return command === undefined
    ? html`<code>drydock run ${flagOf(marker)}</code>`
    : html`<code>${command}</code> or <code>${flagOf(marker)}</code>`;
}

/** Origin of each backend's server, and the results of its tests. */
export function services({ services: found, tests }: Ledger): Markup {
  if (found.length === 0) return NOTHING;
  return html`<section aria-labelledby="services" tabindex="0"><h2 id="services">Backends and providers</h2>
<table><thead><tr><th>name</th><th>status</th><th>version</th><th>from</th><th>passed</th><th>failed</th></tr></thead><tbody>${each(
    found,
    ({ backend, status, version = '', provenance = '', reason = '', remedy = '' }) => {
      const count = (wanted: TestStatus) =>
        tests.filter((test) => test.backend === backend && test.status === wanted).length;
      const from = status === 'available' ? provenance : [reason, remedy].filter(Boolean).join('. ');
      return html`<tr><th scope="row">${oneLine(backend)}</th><td class="${status === 'available' ? 'passed' : 'unavailable'}">${status}</td><td>${oneLine(version)}</td><td>${oneLine(from)}</td><td class="number">${count('passed')}</td><td class="number">${count('failed')}</td></tr>`;
    },
  )}</tbody></table></section>`;
}

/** Check of each endpoint, step by step. */
export function endpoints({ preflight }: Ledger): Markup {
  if (!preflight || preflight.endpoints.length === 0) return NOTHING;
  return html`<section aria-labelledby="endpoints" tabindex="0"><h2 id="endpoints">Endpoints</h2>
<table><thead><tr><th>endpoint</th>${each(STEPS, (step) => html`<th>${step}</th>`)}<th>latency</th></tr></thead><tbody>${each(
    preflight.endpoints,
    ({ name, endpoint, findings, latencyMs }) =>
      html`<tr><th scope="row">${oneLine(name)} <span class="soft">${oneLine(endpoint)}</span></th>${each(
        STEPS,
        (step) => {
          const finding = findings.find((one) => one.step === step);
          if (!finding) return html`<td class="soft"><span aria-label="not taken">·</span></td>`;
          const said = oneLine(finding.evidence);
          return finding.ok
            ? html`<td class="passed" title="${said}">ok</td>`
            : html`<td class="failed">${finding.code ?? 'failed'} <span class="soft">${said}</span></td>`;
        },
      )}<td class="number">${latencyMs === undefined ? '' : `${latencyMs.toFixed(1)} ms`}</td></tr>`,
  )}</tbody></table></section>`;
}

/** Attempts that the guard blocked. */
export function blocked({ guard }: Ledger): Markup {
  if (guard.blocked.length === 0) return NOTHING;
  return html`<section aria-labelledby="blocked" tabindex="0"><h2 id="blocked">Blocked by the guard</h2>
<table><thead><tr><th>what</th><th>test</th><th>where</th></tr></thead><tbody>${each(
    guard.blocked.slice(0, 200),
    ({ protocol, host, port, test = 'no test', stack }) =>
      html`<tr><td>${protocol} <code>${oneLine(host)}${port === undefined ? '' : `:${port}`}</code></td><td>${oneLine(test)}</td><td><code>${oneLine(stack.split('\n')[0] ?? '')}</code></td></tr>`,
  )}</tbody></table></section>`;
}

/** Origin of each variable, never its value. */
export function environment({ env }: Ledger): Markup {
  if (env.length === 0) return NOTHING;
  return html`<section aria-labelledby="environment" tabindex="0"><h2 id="environment">Environment</h2>
<table><thead><tr><th>variable</th><th>from</th></tr></thead><tbody>${each(
    env,
    ({ name, provenance }) =>
      html`<tr><th scope="row"><code>${oneLine(name)}</code></th><td>${oneLine(provenance)}</td></tr>`,
  )}</tbody></table></section>`;
}
