import { classLabel } from '@drydock/triage';
import XMLBuilder from 'fast-xml-builder';
import { type Ledger, type LedgerTest, totalsOf } from '../../ledger/schema.js';
import { byFile, kindOf } from '../outcome.js';
import { manyLines, oneLine } from '../printable.js';

/** An XML element, whose attributes begin with `@`. */
type Element = Readonly<Record<string, unknown>>;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * Report of a run as JUnit XML for Jenkins, GitLab and others: a suite for each file; class, remedy and the reason why a
 * test did not run are properties of the test. A defect is a `failure`, any other class an `error`.
 */
export function junit(ledger: Ledger): string {
  const suites = byFile(ledger.tests).map(([file, tests]) => suite(file, tests, ledger));
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': `drydock ${ledger.level}`,
      ...counts(ledger.tests),
      '@time': seconds(ledger.durationMs),
      testsuite: suites,
    },
  });
}

function suite(file: string, tests: readonly LedgerTest[], ledger: Ledger): Element {
  return {
    '@name': oneLine(file),
    '@timestamp': ledger.startedAt,
    ...counts(tests),
    '@time': seconds(tests.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    properties: properties({ level: ledger.level, granted: ledger.granted.join(','), scope: ledger.scope }),
    testcase: tests.map(testcase),
  };
}

function testcase(test: LedgerTest): Element {
  const { failure, markers, backend, status, reason } = test;
  const details = {
    markers: markers.join(','),
    backend,
    status: status === 'passed' || status === 'failed' ? undefined : status,
    reason,
    attempts: test.attempts === undefined ? undefined : String(test.attempts),
    flaky: test.flaky && 'true',
    class: failure?.class,
    subclass: failure?.subclass,
    code: failure?.code,
    remedy: failure?.remedy,
  };
  return {
    '@name': oneLine(test.name),
    '@classname': oneLine(test.file.replace(/\.[cm]?[jt]sx?$/, '').replaceAll('/', '.') || test.project),
    '@file': oneLine(test.file),
    '@time': seconds(test.durationMs),
    properties: properties(details),
    ...outcome(test),
  };
}

function outcome({ status, reason, failure }: LedgerTest): Element {
  if (status === 'passed') return {};
  if (status !== 'failed') return { skipped: { '@message': oneLine(`${status}: ${reason ?? ''}`) } };
  const kind = failure ? kindOf(failure) : classLabel('mechanism');
  const element = {
    '@message': oneLine(`${kind}: ${failure?.evidence ?? ''}`),
    '@type': oneLine(failure?.code ?? 'Error'),
    '#text': manyLines(failure?.detail ?? failure?.evidence ?? ''),
  };
  return failure?.class === 'mechanism' ? { failure: element } : { error: element };
}

function counts(tests: readonly LedgerTest[]): Element {
  const { failed, gated, skipped, unavailable } = totalsOf(tests);
  const defects = tests.filter(({ failure }) => failure?.class === 'mechanism').length;
  return {
    '@tests': tests.length,
    '@failures': defects,
    '@errors': failed - defects,
    '@skipped': gated + skipped + unavailable,
  };
}

function properties(values: Readonly<Record<string, string | undefined>>): Element | undefined {
  const property = Object.entries(values)
    .filter(([, value]) => value)
    .map(([name, value]) => ({ '@name': `drydock.${name}`, '@value': oneLine(value ?? '') }));
  return property.length === 0 ? undefined : { property };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
