import type { Ledger } from '../../ledger/schema.js';
import { causesOf, failedTests, kindOf } from '../outcome.js';
import { oneLine } from '../printable.js';

// GitHub shows ten annotations of a step and drops the rest.
const MOST_ANNOTATIONS = 10;
const MOST_TESTS = 20;

/** A workflow command for each failure, which GitHub shows beside the line of code. */
export function annotations(ledger: Ledger): string[] {
  return failedTests(ledger)
    .slice(0, MOST_ANNOTATIONS)
    .map(({ file, name, failure }) => {
      const line = lineOf(failure.detail ?? '', file);
      const where = file ? `file=${property(file)}${line ? `,line=${line}` : ''},` : '';
      const message = `${kindOf(failure)}: ${failure.evidence}\n${failure.remedy}`;
      return `::error ${where}title=${property(oneLine(name))}::${data(
        message
          .split('\n')
          .map((text) => oneLine(text))
          .join('\n'),
      )}`;
    });
}

/** Summary of a run in Markdown, for `GITHUB_STEP_SUMMARY`. */
export function stepSummary(ledger: Ledger): string {
  const { passed, gated, skipped, unavailable, failed } = ledger.totals;
  const granted = ledger.granted.length === 0 ? 'offline' : ledger.granted.join(' + ');
  return [
    `### Drydock: ${failed === 0 ? 'all well' : `${failed} failed`} · ${cell(granted)}`,
    '',
    '| passed | failed | gated | skipped | unavailable |',
    '|-:|-:|-:|-:|-:|',
    `| ${passed} | ${failed} | ${gated} | ${skipped} | ${unavailable} |`,
    '',
    ...flakyLine(ledger),
    ...servicesTable(ledger),
    ...causesTable(ledger),
    '',
  ].join('\n');
}

function flakyLine({ tests }: Ledger): string[] {
  const flaky = tests.filter((test) => test.flaky);
  const shown = flaky.slice(0, MOST_TESTS).map(({ id, reason = '' }) => `| ${cell(id)} | ${cell(reason)} |`);
  return flaky.length === 0 ? [] : [`| flaky: ${flaky.length} | |`, '|-|-|', ...shown, ''];
}

function servicesTable({ services }: Ledger): string[] {
  if (services.length === 0) return [];
  const rows = services.map(
    ({ backend, status, version = '', provenance = '', reason = '' }) =>
      `| ${cell(backend)} | ${status} | ${cell(version)} | ${cell(status === 'available' ? provenance : reason)} |`,
  );
  return ['| backend | status | version | from |', '|-|-|-|-|', ...rows, ''];
}

function causesTable(ledger: Ledger): string[] {
  const causes = causesOf(ledger);
  if (causes.length === 0) return [];
  const rows = causes
    .slice(0, MOST_TESTS)
    .map(
      (cause) =>
        `| ${cell(kindOf(cause))} | ${cause.failures.length} | ${cell(cause.evidence)} | ${cell(cause.remedy)} |`,
    );
  const tests = causes.flatMap(({ failures }) => failures);
  const more = tests.length > MOST_TESTS ? [`- … and ${tests.length - MOST_TESTS} more`] : [];
  return [
    '| whose fault | tests | evidence | fix |',
    '|-|-:|-|-|',
    ...rows,
    '',
    ...tests.slice(0, MOST_TESTS).map(({ id }) => `- ${cell(id)}`),
    ...more,
  ];
}

/** Escapes text for a table or list: no markup, no mention, no link. */
function cell(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function lineOf(detail: string, file: string): string | undefined {
  const at = file === '' ? -1 : detail.indexOf(`${file}:`);
  return at === -1 ? undefined : /^\d+/.exec(detail.slice(at + file.length + 1))?.[0];
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
