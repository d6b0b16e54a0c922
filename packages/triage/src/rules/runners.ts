import type { Conditions, Rule } from '../classify/rule.js';
import { MOCKS, TEST_CODE } from '../tables/runners.js';

/** What a test does to itself: requests that no mock answers, and mistakes in the test or its set-up. */
export const TEST_RULES_OF_OTHERS: readonly Rule[] = harness([
  {
    id: 'missing-mock',
    subclass: 'missing-mock',
    remedy:
      'The test’s own guard or mock refused this request: give it a mock, or let the test reach the server.',
    when: MOCKS,
  },
  {
    id: 'test-code',
    subclass: 'test-code',
    remedy: 'The test or its set-up is wrong, or a package is not installed: the message names it.',
    confidence: 0.85,
    when: TEST_CODE,
  },
]);

/** Complaints about the test that runners put into the words of an assertion. */
export const SNAPSHOT_RULES: readonly Rule[] = harness([
  {
    id: 'unwritten-snapshot',
    subclass: 'test-code',
    remedy: 'The snapshot was never written: run the test once with the update flag, and commit the file.',
    when: [{ message: 'New (?:inline )?snapshot was not written|is not written\\. The update flag' }],
  },
  {
    id: 'mistaken-assertion',
    subclass: 'test-code',
    remedy: 'The test asserts what cannot be asserted, or nothing: the message says what it lacks.',
    when: [
      {
        message:
          '^[^\\n]{0,120}is not a spy or a call to a spy|[Rr]eceived value must be a mock or spy function|^Matcher error: |^Invalid Chai property|^expect\\([^)\\n]*\\)(?:\\.\\w+)*\\.\\w+ is not a function|^(?:actual|[Rr]eceived) value must (?:not )?be',
      },
    ],
  },
]);

/** Where the files of tests are. */
const OF_TESTS =
  '(?:tests?|__tests__|specs?|fixtures?|__fixtures__|testdata|test[-_]data|e2e|cypress|__mocks__|pytest-of-\\w+)[/\\\\]';

/** A file that only tests read. */
export const FIXTURE_RULES: readonly Rule[] = harness([
  {
    id: 'missing-fixture',
    subclass: 'test-code',
    remedy: 'A file of the tests is not there: commit it, let the set-up make it, or correct its path.',
    confidence: 0.7,
    when: [{ code: 'ENOENT', message: `(?:^|[\x27" /\\\\])${OF_TESTS}`, complete: false }],
  },
]);

/** What an earlier run left behind; tried after what a server says of itself. */
export const LEFTOVER_RULES: readonly Rule[] = harness([
  {
    id: 'leftover',
    subclass: 'leftover',
    remedy:
      'Something of that name is there already, as after a run that was cut off: remove it, or let each run use a name of its own.',
    confidence: 0.6,
    when: [
      {
        code: '42P0[467]|42710|EEXIST|ENOTEMPTY|ER_(?:TABLE|DB)_(?:CREATE_)?EXISTS(?:_ERROR)?|BucketAlreadyOwnedByYou|BucketAlreadyExists|TOPIC_ALREADY_EXISTS|QueueAlreadyExists',
      },
      {
        name: 'BucketAlready\\w+|ResourceInUseException|ObjectAlreadyExists|QueueNameExists|EntityAlreadyExists\\w*',
      },
      {
        message:
          '^(?!duplicate key)(?![^\\n]*version[ _]conflict)[^\\n]*\\b(?:already (?:exists?|registered|been (?:taken|registered))|is already (?:in use by container|taken))\\b',
        own: false,
      },
    ].map((each): Conditions => ({ complete: false, ...each })),
  },
]);

function harness(rules: readonly Omit<Rule, 'class'>[]): readonly Rule[] {
  return rules.map((rule) => ({ class: 'harness', confidence: 0.9, ...rule }));
}
