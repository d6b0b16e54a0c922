import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_CALL_TIMEOUT_MS } from '../contract/generate.js';
import { CLIENT_DEFAULTS, PROVIDER_DEFAULTS, RETRY_DEFAULTS } from './defaults.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const README = read('../../README.md');
const [, CLIENT_TABLE = '', PROVIDER_TABLE = ''] = README.split(
  /## Options of the client|Options of one provider:/,
);

/** Every option with a number as its default: its home, its interface, and its place in the README. */
const DEFAULTS = [
  ...optionsOf('./client-options.ts', 'ClientOptions', CLIENT_DEFAULTS, CLIENT_TABLE),
  ...optionsOf('./client-options.ts', 'ClientRetryOptions', RETRY_DEFAULTS, CLIENT_TABLE, 'retry.'),
  ...optionsOf('./client-options.ts', 'ProviderOptions', PROVIDER_DEFAULTS, PROVIDER_TABLE),
  ...optionsOf('../contract/generate.ts', 'CallOptions', { timeoutMs: DEFAULT_CALL_TIMEOUT_MS }),
];

function optionsOf(file: string, type: string, defaults: object, table?: string, prefix = '') {
  return Object.entries(defaults).map(([option, value]: [string, number]) => ({
    name: `${type}.${option}`,
    tsdoc: new RegExp(
      `interface ${type}\\b[^}]*@default ${grouped(value, '_')} \\*/\\s+readonly ${option}\\?`,
    ).test(read(file)),
    row: table === undefined || table.includes(`| \`${prefix}${option}\` | ${grouped(value, ' ')} |`),
  }));
}

function grouped(value: number, separator: string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

test.each(DEFAULTS)('TSDoc and README have the default of $name', ({ tsdoc, row }) => {
  expect({ tsdoc, row }).toEqual({ tsdoc: true, row: true });
});

test('the README has the default deadline of a provider without the client', () => {
  const deadline = grouped(DEFAULT_CALL_TIMEOUT_MS, ' ');
  expect(README.replace(/\s+/g, ' ')).toContain(`within a \`timeoutMs\` of ${deadline} by default`);
});
