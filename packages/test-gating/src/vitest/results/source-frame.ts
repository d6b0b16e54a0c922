import { relative, sep } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Failure, SourceFrame } from '../../ledger/schema.js';
import { readRegularFile } from '../../project/regular-file.js';

const LINES_BEFORE = 3;
const LINES_AFTER = 2;
const MOST_BYTES = 2_000_000;
const MOST_WIDTH = 400;
/** `    at total (/shop/src/price.ts:5:18)`, `tried    connect at /shop/src/price.ts:5:24` */
const FRAME =
  /\bat (?:.*?\()?(?:async )?(?:file:\/\/)?(?<file>(?:\/|[A-Za-z]:[\\/]).*?):(?<line>\d+):(?<column>\d+)\)?$/;

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error whose stack Vitest has read; its frames name places of the source. */
interface ParsedError extends SerializedError {
  /** Stack of the error that a refusal of the guard stands for. */
  readonly origin?: string;
}

/** Finds the places of failures in the source of one run; each file is read once. */
export class SourceFrames {
  readonly #workspaceRoot: string;
  readonly #texts = new Map<string, readonly string[]>();

  constructor(workspaceRoot: string) {
    this.#workspaceRoot = workspaceRoot;
  }

  /** The line of the test's file, and the source at the first place of the project's own code. */
  placesOf(
    errors: readonly SerializedError[],
    testFile: string | undefined,
    testName?: string,
  ): Pick<Failure, 'line' | 'source'> {
    const places = errors.flatMap((error) => placesIn(error)).filter(({ file }) => this.#isOwn(file));
    const first = places[0];
    const line =
      testFile === undefined
        ? undefined
        : (places.find(({ file }) => file === testFile)?.line ?? this.#lineOfName(testFile, testName));
    const source = first && this.#frameAt(first);
    return { ...(line !== undefined && { line }), ...(source && { source }) };
  }

  #isOwn(file: string): boolean {
    const inside = relative(this.#workspaceRoot, file);
    return !inside.startsWith('..') && !inside.split(sep).includes('node_modules');
  }

  /** A test whose error has no stack is found by its name, as far as the source has it word for word. */
  #lineOfName(file: string, fullName = ''): number | undefined {
    const name = fullName.split(' > ').at(-1) ?? '';
    if (name === '') return undefined;
    const quoted = ["'", '"', '`'].map((quote) => `${quote}${name}${quote}`);
    const index = this.#linesOf(file).findIndex((line) => quoted.some((each) => line.includes(each)));
    return index === -1 ? undefined : index + 1;
  }

  #frameAt({ file, line, column }: Place): SourceFrame | undefined {
    const lines = this.#linesOf(file);
    if (line > lines.length) return undefined;
    const from = Math.max(1, line - LINES_BEFORE);
    const shown = lines.slice(from - 1, line + LINES_AFTER).map((each) => each.slice(0, MOST_WIDTH));
    const path = relative(this.#workspaceRoot, file).split(sep).join('/');
    return { file: path, line, column, from, text: shown.join('\n') };
  }

  #linesOf(file: string): readonly string[] {
    const known = this.#texts.get(file);
    if (known) return known;
    const lines = read(file).split(/\r?\n/);
    this.#texts.set(file, lines);
    return lines;
  }
}

function placesIn({ stacks = [], message = '', origin = '' }: ParsedError): Place[] {
  const written = [...message.split('\n').slice(1), ...origin.split('\n')].flatMap(placeIn);
  return [...stacks, ...written];
}

function placeIn(text: string): Place[] {
  const { file, line, column } = FRAME.exec(text.trimEnd())?.groups ?? {};
  return file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }];
}

/** A file that is gone or not text has no lines to show. */
function read(file: string): string {
  try {
    return readRegularFile(file, MOST_BYTES).toString('utf8');
  } catch {
    return '';
  }
}
