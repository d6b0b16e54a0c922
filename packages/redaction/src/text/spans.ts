/** A stretch of text that must not be shown, and what it is when that is known. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Name of the variable or the shape the secret belongs to. */
  readonly name?: string | undefined;
}

/** Longest name that a replacement shows. */
const MAX_NAME_LENGTH = 64;

const MARK = /\[redacted(?: ([A-Za-z_][A-Za-z0-9_-]{0,63}))?\]/g;
const MARK_HERE = new RegExp(MARK.source, 'y');

/** The text that stands in a secret's place. */
export function mark(name?: string): string {
  const shown = name?.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, MAX_NAME_LENGTH);
  return shown !== undefined && /^[A-Za-z_]/.test(shown) ? `[redacted ${shown}]` : '[redacted]';
}

/** The replacements that already stand in a text, each with the name it shows. */
export function findMarks(text: string): Span[] {
  if (!text.includes('[redacted')) return [];
  return Array.from(text.matchAll(MARK), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1],
  }));
}

/** Length of the replacement that begins at this very place, or 0. */
export function markLengthAt(text: string, at: number): number {
  MARK_HERE.lastIndex = at;
  return MARK_HERE.exec(text)?.[0].length ?? 0;
}

/** Joins spans that share characters; a joined span keeps the name of its first named part. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, span.end),
        name: last.name ?? span.name,
      };
  }
  return merged;
}

/** Whether a span shares characters with one of these, which are sorted and apart. */
export function overlapsOne(sorted: readonly Span[], span: Span): boolean {
  const candidate = sorted[firstEndingAfter(sorted, span.start)];
  return candidate !== undefined && candidate.start < span.end;
}

/** Whether a span lies within one of these, which are sorted and apart. */
export function liesInOne(sorted: readonly Span[], span: Span): boolean {
  const candidate = sorted[firstEndingAfter(sorted, span.start)];
  return candidate !== undefined && candidate.start <= span.start && span.end <= candidate.end;
}

function firstEndingAfter(sorted: readonly Span[], position: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.end ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
