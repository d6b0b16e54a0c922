import { UsageError } from '@drydock/workspace';
import { describe, expect, test } from 'vitest';
import { parseExpression } from './expression.js';

const KNOWN = ['integration', 'slow', 'llm-real'];

function matches(text: string, ...markers: string[]): boolean {
  return parseExpression(text, KNOWN).matches(new Set(markers));
}

test.each([
  ['integration', ['integration'], true],
  ['integration', ['slow'], false],
  ['not slow', [], true],
  ['not not slow', ['slow'], true],
  ['integration and not slow', ['integration'], true],
  ['integration and not slow', ['integration', 'slow'], false],
  ['integration or slow and llm-real', ['integration'], true],
  ['(integration or slow) and llm-real', ['integration'], false],
  ['(integration or slow) and llm_real', ['slow', 'llm-real'], true],
  ['llm_real', ['llm-real'], true],
])('%s on %j is %s', (text, markers, expected) => {
  expect(matches(text, ...markers)).toBe(expected);
});

describe('names outside every not are positive', () => {
  test.each([
    ['llm_real and not slow', ['llm-real']],
    ['not llm-real', []],
    ['not (slow or not integration)', ['integration']],
  ])('%s', (text, expected) => {
    expect([...parseExpression(text, KNOWN).positive]).toEqual(expected);
  });
});

test.each([
  ['integraton', "unknown marker 'integraton'. Did you mean 'integration'?"],
  ['banana', "unknown marker 'banana'. Known: integration, slow, llm-real."],
  ['integration and', 'it ends too early.'],
  ['(integration', "a ')' is missing."],
  ['integration slow', "unexpected 'slow'."],
  ['and slow', "unexpected 'and'."],
  ['', 'it ends too early.'],
])('%s is refused: %s', (text, message) => {
  const parse = () => parseExpression(text, KNOWN);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});
