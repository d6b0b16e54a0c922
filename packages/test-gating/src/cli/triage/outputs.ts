import { classLabel, type Report, sharedCauses, type TriagedFailure } from '@drydock/triage';
import { kindOf } from '../../report/outcome.js';
import { oneLine } from '../../report/printable.js';
import { confidenceWord } from './text.js';

/** Raised when a field changes its meaning or goes away. */
const SCHEMA_VERSION = 1;
const ROWS = 50;

/** All that was found, for programs. */
export function asJson(failures: readonly TriagedFailure[], reports: readonly Report[]): string {
  const result = {
    schemaVersion: SCHEMA_VERSION,
    reports: reports.map(({ name, format, tests, passed = 0, problem }) => ({
      name,
      format,
      tests: tests.length + passed,
      ...(problem !== undefined && { problem }),
    })),
    failures: failures.map(({ held: _, ...failure }) => failure),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

/** The classes as JUnit: the type of each failure is its class and subclass. */
export function asJUnit(failures: readonly TriagedFailure[]): string {
  const cases = failures.map(({ class: failureClass, subclass, confidence, evidence, remedy, test }) => {
    const [file = '', name = file] = test.split(/::(.*)/su);
    const type = `${classLabel(failureClass)}/${subclass}`;
    return `    <testcase classname="${xml(file)}" name="${xml(name)}"><properties><property name="confidence" value="${confidence}"/></properties><failure type="${xml(type)}" message="${xml(evidence)}">${xml(remedy)}</failure></testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="drydock triage" failures="${failures.length}">
  <testsuite name="drydock triage" tests="${failures.length}" failures="${failures.length}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

/** A comment for a pull request: each cause once. */
export function asMarkdown(failures: readonly TriagedFailure[]): string {
  if (failures.length === 0) return '**drydock triage**: no failure\n';
  const groups = sharedCauses(failures, (failure) => failure);
  const rows = groups.slice(0, ROWS).map((cause) => {
    const least = Math.min(...cause.failures.map(({ confidence }) => confidence));
    const [first] = cause.failures;
    const cells = [kindOf(cause), confidenceWord(least), cause.evidence, cause.remedy, first?.test ?? ''];
    return `| ${cause.failures.length} | ${cells.map(cell).join(' | ')} |`;
  });
  const more = groups.length > ROWS ? [`| | … and ${groups.length - ROWS} more | | | | |`] : [];
  return `${[
    `**drydock triage**: ${failures.length} failures, ${groups.length === 1 ? 'one cause' : `${groups.length} causes`}`,
    '',
    '| tests | class | confidence | evidence | remedy | first test |',
    '|-|-|-|-|-|-|',
    ...rows,
    ...more,
  ].join('\n')}\n`;
}

/** Foreign text may hold what Markdown and HTML take for their own. */
function cell(text: string): string {
  return oneLine(text).replace(/[\\|`*_[\]<>#@&]/gu, (character) => `&#${character.codePointAt(0)};`);
}

function xml(text: string): string {
  return oneLine(text).replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
