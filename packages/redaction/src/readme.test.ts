import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createRedactor } from './redactor.js';

const README = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
const EXAMPLES = [...README.matchAll(/^redactor\.(text|value)\((.+)\); \/\/ (.+)$/gm)].map(
  ([, method, argument, result]) => ({
    method: method as 'text' | 'value',
    argument: argument ?? '',
    result,
  }),
);

test('the README has examples', () => expect(EXAMPLES.length).toBeGreaterThan(1));

test.each(EXAMPLES)(
  'redactor.$method($argument) gives what the README says',
  ({ method, argument, result }) => {
    const shown = createRedactor()[method](new Function(`return (${argument})`)());
    expect(typeof shown === 'string' ? shown : inspect(shown)).toBe(result);
  },
);
