import { setTimeout as sleep } from 'node:timers/promises';
import type { DriverHandle } from '../driver-handle.js';
import type { Step } from './steps.fixture.js';

/** Time for a statement to arrive and to begin, in milliseconds. */
const UNDER_WAY_MS = 500;

/** The answer to a step as text: rows with names and types, or the name and code of the error. */
export async function ask(handle: DriverHandle, step: Step): Promise<string> {
  const { text, parameters = {}, timeout, anyOrder = false } = step;
  const session = handle.enter('write');
  try {
    const { records } = await session.run(text, parameters, timeout === undefined ? {} : { timeout });
    const rows = records.map((record) => comparable(record.toObject(), anyOrder));
    return JSON.stringify(anyOrder ? sorted(rows) : rows);
  } catch (error) {
    return codeOf(error);
  } finally {
    await session.close();
    handle.leave();
  }
}

/** How a statement ends whose session is closed while it runs. */
export async function giveUp(handle: DriverHandle, text: string): Promise<string> {
  const session = handle.enter('write');
  const ended = session.run(text).then(() => 'done', codeOf);
  await sleep(UNDER_WAY_MS);
  await session.close();
  return ended;
}

function codeOf(error: unknown): string {
  const { name, code } = error as { name: string; code?: string };
  return `${name} ${code}`;
}

/** A value in a form to compare: integers marked, properties sorted by name, and times as "some time". */
function comparable(value: unknown, anyOrder: boolean): unknown {
  if (typeof value === 'bigint') return `integer ${value}`;
  if (typeof value === 'number') return `float ${Object.is(value, -0) ? '-0' : value}`;
  if (Array.isArray(value)) {
    const parts = value.map((part) => comparable(part, false));
    return anyOrder ? sorted(parts) : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => {
    if (name === '_expiresAt') return [name, `some time, a ${typeof part}`] as const;
    return [name, comparable(part, anyOrder && name === 'ids')] as const;
  });
  return Object.fromEntries(sorted(entries));
}

function sorted<T>(parts: readonly T[]): T[] {
  return parts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
