import type { DeclaredTest } from './declared-tests.js';

/** The tests of two revisions, matched. */
export interface TestMatches {
  /** What each test was at the earlier revision; a test without an entry is new. */
  readonly origins: ReadonlyMap<DeclaredTest, DeclaredTest>;
  /** Tests of the earlier revision that no later one is. */
  readonly lost: readonly DeclaredTest[];
}

/** Shorter bodies, such as a call of one function, are alike by chance. */
const TELLING_LENGTH = 24;

/** What makes two tests one, the surest first; a test without such a key is not matched by it. */
const KEYS: readonly ((test: DeclaredTest) => string | undefined)[] = [
  ({ file, name, body }) => key(file, name, body),
  ({ file, name }) => key(file, name),
  ({ name, body }) => key(name, body),
  ({ name, body }) => (isTelling(body) ? key(ownName(name), body) : undefined),
  ({ body }) => (isTelling(body) ? body : undefined),
];

/** Matches the tests of two revisions by name and body, then those that moved, whatever their file is called now. */
export function matchTests(before: readonly DeclaredTest[], after: readonly DeclaredTest[]): TestMatches {
  const origins = new Map<DeclaredTest, DeclaredTest>();
  let lost = before;
  for (const keyOf of KEYS) lost = matchBy(keyOf, lost, after, origins);
  // A test that was also changed when its file was renamed has nothing but its name.
  const renames = new Map([...origins].map(([now, old]) => [old.file, now.file]));
  const [oldFile, nowFile] = [
    ({ file, name }: DeclaredTest) => key(renames.get(file) ?? file, name),
    ({ file, name }: DeclaredTest) => key(file, name),
  ];
  lost = matchBy(nowFile, lost, after, origins, oldFile);
  return { origins, lost };
}

function matchBy(
  keyOf: (test: DeclaredTest) => string | undefined,
  before: readonly DeclaredTest[],
  after: readonly DeclaredTest[],
  origins: Map<DeclaredTest, DeclaredTest>,
  keyBefore = keyOf,
): DeclaredTest[] {
  const open = new Map<string | undefined, DeclaredTest[]>();
  for (const test of after)
    if (!origins.has(test)) open.set(keyOf(test), [...(open.get(keyOf(test)) ?? []), test]);
  return before.filter((old) => {
    const wanted = keyBefore(old);
    const now = wanted === undefined ? undefined : open.get(wanted)?.shift();
    if (now !== undefined) origins.set(now, old);
    return now === undefined;
  });
}

function key(...parts: readonly string[]): string {
  return parts.join('\0');
}

function ownName(name: string): string {
  return name.slice(name.lastIndexOf(' > ') + 1);
}

function isTelling(body: string): boolean {
  return body.length >= TELLING_LENGTH;
}
