import { inspect } from 'node:util';
import { expect } from 'vitest';

/** Words that must not show in errors, logs and objects. */
export const CANARIES = {
  key: 'canary-key-6f1d2b90',
  prompt: 'canary-prompt-27aa',
  system: 'canary-system-93c4',
  answer: 'canary-answer-b5e8',
} as const;

/** An error message of a service that echoes the whole request. */
export const ECHO = `no: ${Object.values(CANARIES).join(' ')}`;

/** Fails when a value shows a canary, however it is looked at. */
export function expectSilent(...values: readonly unknown[]): void {
  const seen = values.flatMap(everyView).join('\n');
  for (const [name, canary] of Object.entries(CANARIES))
    expect(seen.includes(canary), `the ${name} shows in an error, a log or an object`).toBe(false);
}

function everyView(value: unknown): string[] {
  const own = typeof value === 'object' && value !== null ? Object.getOwnPropertyNames(value) : [];
  return [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value) ?? '',
    String(value),
    value instanceof Error ? `${value.stack} ${inspect(value.cause, { depth: 20 })}` : '',
    ...own.map((name) => inspect((value as Record<string, unknown>)[name], { depth: 20 })),
  ];
}
