import { format } from 'node:util';

/** What a backend must be found to be like for a case to apply. */
export interface Needs {
  readonly ttl?: boolean;
  readonly json?: boolean;
  readonly order?: 'newest-first' | 'any';
  readonly stablePages?: boolean;
}

/** One case, as it was described. */
export interface CollectedCase {
  /** Titles of its groups, outermost first. */
  readonly path: readonly string[];
  readonly name: string;
  readonly needs: Needs;
  readonly options: CaseOptions;
  readonly body: () => unknown;
}

/** What a test framework is told of a case. */
export interface CaseOptions {
  /** Longest time in milliseconds. */
  readonly timeout?: number;
  /** Tags, for frameworks that have them. */
  readonly tags?: string[];
}

/** Takes a name and a body for each row, whose values the name may show. */
interface ForEach {
  <T extends [unknown, ...unknown[]]>(
    rows: readonly T[],
  ): (name: string, body: (...row: T) => unknown) => void;
  <T>(rows: readonly T[]): (name: string, body: (value: T) => unknown) => void;
}

let collected: CollectedCase[] | undefined;
let path: readonly string[] = [];
let needed: Needs = {};

/** The cases that `body` describes. */
export function collectCases(body: () => void): CollectedCase[] {
  const cases: CollectedCase[] = [];
  collected = cases;
  try {
    body();
  } finally {
    collected = undefined;
  }
  return cases;
}

/** Describes one case. */
export function test(name: string, body: () => unknown): void;
export function test(name: string, options: CaseOptions, body: () => unknown): void;
export function test(name: string, first: CaseOptions | (() => unknown), second?: () => unknown): void {
  if (!collected) throw new Error('cases are described inside collectCases');
  const [options, body] = typeof first === 'function' ? [{}, first] : [first, second as () => unknown];
  collected.push({ path, name, needs: needed, options, body });
}

/** Describes one case for each row. */
test.each = forEach((name, body) => test(name, body));

/** Groups the cases that `body` describes. */
export function describe(name: string, body: () => void): void {
  const outer = path;
  path = [...outer, name];
  body();
  path = outer;
}

/** Groups cases once for each row. */
describe.each = forEach((name, body) => describe(name, () => void body()));

/** The cases that `body` describes apply where the backend is like that. */
export function needs(needs: Needs, body: () => void): void {
  const outer = needed;
  needed = { ...outer, ...needs };
  body();
  needed = outer;
}

function forEach(register: (name: string, body: () => unknown) => void): ForEach {
  return (rows: readonly unknown[]) => (name: string, body: (...row: never[]) => unknown) => {
    for (const row of rows.map((given) => (Array.isArray(given) ? given : [given])))
      register(titled(name, row), () => body(...(row as never[])));
  };
}

function titled(name: string, row: readonly unknown[]): string {
  const shown = name.match(/%[sdij]/g)?.length ?? 0;
  return format(name, ...row.slice(0, shown));
}
