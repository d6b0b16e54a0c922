import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cassette } from './cassette.js';
import { CassetteError } from './cassette-error.js';

/** Reads a cassette; one that is hand-made has to say which document it follows. */
export function readCassette(file: string): Cassette {
  const cassette = parse(file);
  const problem = problemOf(cassette);
  if (problem) throw unreadable(file, problem);
  return cassette as Cassette;
}

/** Writes a cassette as a whole or not at all. */
export function writeCassette(file: string, cassette: Cassette): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(cassette, undefined, 2)}\n`);
  renameSync(draft, file);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw unreadable(file, missing ? 'does not exist' : 'is not JSON');
  }
}

function problemOf(cassette: unknown): string | undefined {
  const { version, exchanges, recordedAt, handMade, follows } = (cassette ?? {}) as Record<string, unknown>;
  if (version !== 1) return 'is of another version than 1';
  if (!Array.isArray(exchanges) || !exchanges.every(isExchange))
    return 'has no well-formed list of exchanges';
  if (handMade === true && typeof follows === 'string' && follows !== '') return undefined;
  if (handMade === true) return 'is hand-made and does not say in `follows` which public document it follows';
  return typeof recordedAt === 'string' ? undefined : 'says neither `recordedAt` nor `handMade`';
}

function isExchange(value: unknown): boolean {
  const { request, response } = (value ?? {}) as Record<string, Record<string, unknown> | undefined>;
  return (
    typeof request?.method === 'string' &&
    typeof request.path === 'string' &&
    typeof response?.status === 'number' &&
    typeof response.headers === 'object' &&
    Array.isArray(response.chunks)
  );
}

function unreadable(file: string, problem: string): CassetteError {
  const advice = 'Record it with mode: "record" and a key, or write it by hand.';
  return new CassetteError('CASSETTE_UNREADABLE', `${file} ${problem}. ${advice}`);
}
