import { describe, expect, test } from 'vitest';
import { covered, exactly, otherThan } from '../exact.js';
import { exactExpression } from './expression.js';

const TYPES: Readonly<Record<string, string>> = {
  kind: 'string',
  tags: 'string[]',
  price: 'float',
  year: 'int32',
};
const declared = (name: string) => TYPES[name];
const anything = () => '';
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('an expression', () => {
  test.each<[string, string]>([
    ['kind:=team-1', exactly('kind', ['team-1'])],
    ['kind : = `team-1` && year:>5', `${exactly('kind', ['team-1'])} && year:>5`],
    [
      'kind:!=a-b || (tags:=[`x, y`,z])',
      `${otherThan('kind', ['a-b'])} || ( ${exactly('tags', ['x, y', 'z'])} )`,
    ],
    ['kind:=`a && b`', exactly('kind', ['a && b'])],
    ['price:=0.10', exactly('price', [0.1])],
    ['price:!=1', 'price:!=1'],
    ['year:=2020', 'year:=2020'],
    ['kind:team', 'kind:team'],
    ['kind:=team*', 'kind:=team*'],
    ['id:=a-b', 'id:=a-b'],
    ['nope:=1', 'nope:=1'],
    ['(((', '((('],
  ])('compares exactly where it says so: %s', (expression, compiled) => {
    expect(tidy(exactExpression(expression, declared))).toBe(compiled);
  });

  test.each<[string, string]>([
    ['owner:=team-1', exactly('owner', ['team-1'])],
    ['owner:!=[a,b]', otherThan('owner', ['a', 'b'])],
  ])('without a schema takes what is not a number for a text: %s', (expression, compiled) => {
    expect(tidy(exactExpression(expression, anything))).toBe(compiled);
  });

  test('without a schema lets each record tell whether a number is one', () => {
    const [known, unknown] = [covered('owner', true), covered('owner', false)];
    expect(tidy(exactExpression('owner:=42', anything))).toBe(
      `((${known} && ${exactly('owner', ['42'])}) || (${unknown} && owner:=42))`,
    );
  });
});
