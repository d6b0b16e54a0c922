import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that `init` writes. */
export interface Change {
  /** Path from the workspace's root, with `/`. */
  readonly path: string;
  /** Undefined for a file that is not there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What `init` would do. */
export interface InitPlan {
  readonly changes: readonly Change[];
  /** What it cannot do itself, for the user: one text each. */
  readonly notes: readonly string[];
  /** What to do next, one line each. */
  readonly next: readonly string[];
}

/** The text of a file; undefined where there is none. */
export function readText(root: string, path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What the lines of a JSON text are indented by. */
export function indentOf(json: string): string {
  return /^([ \t]+)"/m.exec(json)?.[1] ?? '  ';
}

/** A change where the new text differs, and none where it does not. */
export function changeOf(path: string, before: string | undefined, after: string): Change[] {
  return before === after ? [] : [{ path, before, after }];
}

/** A change as a person reads it: the file, then the lines that go and come. */
export function describeChange({ path, before, after }: Change): string[] {
  const old = before?.split('\n') ?? [];
  const lines = after.split('\n');
  const gone = without(old, lines).map((line) => `   - ${line}`);
  const come = without(lines, old).map((line) => `   + ${line}`);
  const shown = [...gone, ...come].filter((line) => line.trim().length > 1);
  return [` ${before === undefined ? 'create' : 'change'}  ${path}`, ...shown];
}

/** The lines of one text that the other lacks, a line that stands twice counting twice. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
