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

/** A complaint that runners put into the words of an assertion. */
export const SNAPSHOT_RULES: readonly Rule[] = harness([
  {
    id: 'unwritten-snapshot',
    subclass: 'test-code',
    remedy: 'The snapshot was never written: run the test once with the update flag, and commit the file.',
    when: [{ message: 'New (?:inline )?snapshot was not written|is not written\\. The update flag' }],
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
