import { stripVTControlCharacters } from 'node:util';
import { readReport } from '@drydock/triage';
import { createRegistry } from '@drydock/workspace';
import { describe, expect, it } from 'vitest';
import { formatFailures } from '../failures.js';
import { htmlReport } from '../html/page.js';
import { presentable } from '../presentable.js';
import { formatSummary } from '../summary.js';
import { agentText } from './agent.js';
import { allureResult } from './allure.js';
import { ctrf } from './ctrf.js';
import { annotations, stepSummary } from './github.js';
import { HOSTILE, hostileLedger } from './hostile.fixture.js';
import { junit } from './junit.js';

const registry = createRegistry();
/** What no text may hold: control characters but lines and tabs, halves of pairs, changes of direction. */
const UNPRINTABLE = /(?![\n\t])\p{Cc}|\p{Surrogate}|[\u202a-\u202e\u2066-\u2069]/u;

describe.each(Object.entries(HOSTILE))('%s', (_, name) => {
  const ledger = presentable(hostileLedger(name));

  it.each([
    [
      'the console',
      () => stripVTControlCharacters([...formatFailures(ledger), formatSummary(ledger, registry)].join('\n')),
    ],
    ['JUnit', () => junit(ledger)],
    ['CTRF', () => ctrf(ledger)],
    ['Allure', () => JSON.stringify(ledger.tests.map((test) => allureResult(test, ledger)))],
    ['the page', () => htmlReport(ledger, registry)],
    ['the step summary', () => stepSummary(ledger)],
    ['annotations', () => annotations(ledger).join('\n')],
    ['the agent', () => agentText(ledger, 1)],
  ])('%s shows the name as harmless text', (_sink, make) => {
    const text = make();
    expect(text).not.toMatch(UNPRINTABLE);
    expect(text.length).toBeLessThan(200_000);
  });

  it('triage can read the JUnit report', () => {
    expect(() => readReport('junit.xml', junit(ledger))).not.toThrow();
  });

  it('the page holds no element from the name', () => {
    const page = htmlReport(ledger, registry);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<(?:img|x)\b|<b /);
  });

  it('each annotation is exactly one workflow command', () => {
    for (const line of annotations(ledger)) {
      expect(line).toMatch(/^::error [^\n]*$/);
      expect(line.match(/^::error (?:file=[^:,]*,)?(?:line=\d+,)?title=[^:,]*::/)).not.toBeNull();
    }
  });

  it('the step summary holds no markup, link or mention from the name', () => {
    const cells = stepSummary(ledger);
    expect(cells).not.toMatch(/[<@`]|\]\(|!\[/);
  });

  it('the command for an agent quotes the name as one word for a shell', () => {
    const next = agentText(ledger, 1).split('\n').at(-1) ?? '';
    expect(next).toMatch(/^next: npx --no-install drydock run '(?:[^']|'\\'')*'$/);
  });
});
