/** What runners call a test that did not fail. Vitest leaves a test `pending` whose worker was gone. */
const PASSED = new Set([
  'passed',
  'pass',
  'skipped',
  'skip',
  'todo',
  'disabled',
  'expected',
  'ok',
  'xfailed',
  'xpassed',
  'success',
]);
const STATES = ['status', 'outcome', 'state', 'result'] as const;

const MEMBERS = ['assertionResults', 'specs', 'suites', 'tests'] as const;

/** Whether the text of an object, in which a member that failed would stand, is that of a test or of a group of tests that did not fail. */
export function isSettled(text: string): 'test' | 'group' | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const groups = MEMBERS.filter((key) => Array.isArray(value[key]));
  const passed = STATES.map((key) => value[key]).some(
    (state) => typeof state === 'string' && PASSED.has(state.toLowerCase()),
  );
  if (passed) return groups.length > 0 ? 'group' : 'test';
  // Playwright's specs and suites, and Mocha's tests with an error that is empty.
  if (typeof value.title !== 'string') return undefined;
  if (groups.length > 0) return groups.every((key) => isEmptyList(value[key])) ? 'group' : undefined;
  return isEmpty(value.err) ? 'test' : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
