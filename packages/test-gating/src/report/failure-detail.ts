import colors from 'picocolors';
import type { SourceFrame } from '../ledger/schema.js';
import type { FailedTest } from './outcome.js';
import { manyLines } from './printable.js';
import { wrapped } from './wrapped.js';

const MARGIN = '     ';
const MOST_LINES = 7;
/** Heads the part of a failure's detail that is Vitest's diff. */
const DIFF = /^- Expected.*\n\+ Received.*\n/m;
const LABEL = /^(?:marker|run with|target|allow|mock|missing)\s+/;
const STACK_LINE = /^\s+at\s/;
/** Lines of a refusal that the rest of the summary says already. */
const SAID = /^\s+(?:test|file|tried)\s/;

/** A failure's text in its parts. */
export interface DetailParts {
  /** The first error, without its stack. */
  readonly message: string;
  /** Vitest's diff without its head; empty where there is none. */
  readonly diff: string;
  readonly stack: readonly string[];
}

/** Takes a failure's detail apart. */
export function partsOf(detail: string): DetailParts {
  const at = DIFF.exec(detail);
  const before = at ? detail.slice(0, at.index) : detail;
  const diff = at ? detail.slice(at.index + at[0].length) : '';
  const lines = before.split('\n');
  const firstFrame = lines.findIndex((line) => STACK_LINE.test(line));
  return {
    message: lines
      .slice(0, firstFrame === -1 ? undefined : firstFrame)
      .join('\n')
      .trim(),
    diff: diff.replace(/^\n+/, '').trimEnd(),
    stack: lines.filter((line) => STACK_LINE.test(line)).map((line) => line.trim()),
  };
}

/** What a terminal shows of one failure beside its evidence: the rest of the message, the diff, the line of source. */
export function detailOf({ failure }: FailedTest, width: number): string[] {
  const { message, diff } = partsOf(manyLines(failure.detail ?? ''));
  const rest = message
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '' && !SAID.test(line));
  const room = width - MARGIN.length;
  const { source } = failure;
  const code = source && (rest.length > 0 ? sourceLine(source) : sourceLines(source, room));
  return [
    ...rest.slice(0, MOST_LINES).flatMap((line) => labelled(line.trim(), width)),
    ...[...changedLines(diff), ...(code ?? [])].map(({ text, paint }) => {
      const clipped = text.length > room ? `${text.slice(0, room - 1)}…` : text;
      return `${MARGIN}${paint ? paint(clipped) : clipped}`;
    }),
  ];
}

/** A refusal's lines have a label, beside which the rest wraps. */
function labelled(line: string, width: number): string[] {
  const label = LABEL.exec(line)?.[0] ?? '';
  return wrapped(`${MARGIN}${label}`, line.slice(label.length), width);
}

interface Line {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** The changed lines of a diff; green is what was expected, as Vitest has it. */
function changedLines(diff: string): Line[] {
  const changes = diff.split('\n').filter((line) => /^[-+] /.test(line));
  const more = changes.length - MOST_LINES;
  return [
    ...changes
      .slice(0, MOST_LINES)
      .map((text) => ({ text, paint: text.startsWith('-') ? colors.green : colors.red })),
    ...(more > 0 ? [{ text: `  … ${more} more lines differ` }] : []),
  ];
}

function sourceLine({ file, line, column, from, text }: SourceFrame): Line[] {
  const code = text.split('\n')[line - from] ?? '';
  return [{ text: `${file}:${line}:${column}   ${code.trim()}`, paint: colors.cyan }];
}

/** The line itself with those beside it; the page shows more. */
function sourceLines({ file, line, column, from, text }: SourceFrame, room: number): Line[] {
  const rows = text.split('\n').map((code, index) => ({ number: from + index, code }));
  const digits = String(line + 1).length;
  const margin = (number: number | string) => `${String(number).padStart(digits)} | `;
  // Below a line that is cut off before the place it would point at nothing.
  const caret = (text: string) => (text.length > room ? [] : [{ text, paint: colors.red }]);
  return [
    { text: `${file}:${line}:${column}`, paint: colors.cyan },
    ...rows
      .filter(({ number }) => Math.abs(number - line) <= 1)
      .flatMap(({ number, code }): Line[] =>
        number === line
          ? [{ text: `${margin(number)}${code}` }, ...caret(`${margin('')}${' '.repeat(column - 1)}^`)]
          : [{ text: `${margin(number)}${code}`, paint: colors.dim }],
      ),
  ];
}
