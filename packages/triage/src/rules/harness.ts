import type { Rule } from '../classify/rule.js';

const MARK =
  'Mark the test so that it may reach the network (the message names the marker), or let it run on a fake.';

/** Errors of the gate and the guard; these rules are always tried first. */
export const HARNESS_RULES = harness(0.99, [
  {
    id: 'guard-swallowed-undeclared',
    subclass: 'swallowed-block',
    remedy:
      'The code under test caught the guard’s refusal and went on. Do what the message says is missing, or let the test run on a fake.',
    when: [{ code: 'ERR_DRYDOCK_BLOCKED', swallowed: true, message: '\\n {2}missing ' }],
  },
  {
    id: 'guard-swallowed-block',
    subclass: 'swallowed-block',
    remedy: `The code under test caught the guard’s refusal and went on. ${MARK}`,
    when: [{ code: 'ERR_DRYDOCK_BLOCKED', swallowed: true }],
  },
  {
    id: 'guard-late-attempt',
    subclass: 'unawaited-work',
    remedy: 'Wait in the test for everything that it starts, and close what it opens.',
    when: [{ code: 'ERR_DRYDOCK_BLOCKED', test: '\\(after it had ended\\)$' }],
  },
  {
    id: 'guard-program',
    subclass: 'blocked-program',
    remedy: 'Hand the code a fake runner, or allow the program as the message says.',
    when: [{ message: '^Network guard refused starting the program' }],
  },
  {
    id: 'guard-listen',
    subclass: 'blocked-listener',
    remedy: 'Call the server’s request handler directly, or listen as the message says.',
    when: [{ message: '^Network guard refused listening' }],
  },
  {
    id: 'guard-undeclared-endpoint',
    subclass: 'undeclared-endpoint',
    remedy:
      'The test’s marker reaches that far, but nothing names this server: do what the message says is missing.',
    when: [
      { message: '^Network guard refused [^\\n]*\\(scope (?:lan|public)\\)(?:\\n[^\\n]*)*\\n  missing ' },
    ],
  },
  {
    id: 'guard-wrong-scope',
    subclass: 'wrong-marker',
    remedy:
      'The test’s marker does not reach that far: use the marker that the message names, or allow the host as it says.',
    when: [{ message: '^Network guard refused [^\\n]*\\(scope (?:lan|public)\\)' }],
  },
  {
    id: 'guard-blocked',
    subclass: 'missing-marker',
    remedy: MARK,
    when: [{ code: 'ERR_DRYDOCK_BLOCKED' }, { message: '^Network guard refused ' }],
  },
  {
    id: 'guard-inactive',
    subclass: 'guard-inactive',
    remedy:
      'Find what replaces Node’s own functions in this file, or why its worker ran without drydock(); use withPolicy or a mocking library instead.',
    when: [{ code: 'ERR_DRYDOCK_GUARD' }],
  },
  {
    id: 'offline-variable',
    subclass: 'offline-variable',
    remedy:
      'Use vi.stubEnv for a value of the test’s own, or mark the test so that it runs with the real one.',
    when: [
      { code: 'ERR_DRYDOCK_ENVIRONMENT' },
      { message: '^The variable \\w+ was set during an offline run' },
    ],
  },
  {
    id: 'unknown-marker',
    subclass: 'wrong-marker',
    remedy: 'Correct the marker’s name, or register it in drydock({ markers }).',
    when: [
      { code: 'ERR_DRYDOCK_UNKNOWN_MARKER' },
      { message: "^Unknown marker '.+'\\. " },
      { message: '^The tag ".+" is not defined in the configuration' },
    ],
  },
  {
    id: 'harness-configuration',
    subclass: 'configuration',
    remedy: 'The message names the setting; correct it.',
    when: [{ code: 'ERR_DRYDOCK_\\w+' }],
  },
]);

/** Complaints of test runners about tests that do not clean up. */
export const RUN_RULES = harness(0.9, [
  {
    id: 'after-teardown',
    subclass: 'unawaited-work',
    remedy: 'Something went on after its test had ended: await it, or cancel it in afterEach.',
    when: [
      { name: 'EnvironmentTeardownError' },
      { message: 'after the environment was torn down|^Closing rpc while ".+" was pending' },
      {
        message:
          'Cannot log after tests are done|You are trying to access a property or method of the Jest environment after it has been torn down',
      },
    ],
  },
  {
    id: 'worker-does-not-end',
    subclass: 'leaked-handle',
    remedy:
      'A server, socket or timer of this file is still open at its end: close it in afterAll (vitest --reporter=hanging-process names it).',
    when: [
      {
        message:
          '(?:Timeout|Failed) (?:terminating|to terminate) \\w*\\s?worker|close timed out after \\d+ ?ms',
      },
      { message: 'A worker process has failed to exit gracefully' },
    ],
  },
  {
    id: 'stale-namespace',
    subclass: 'stale-namespace',
    remedy:
      'A run that was cut off left its namespace behind: drop the names that begin with dd_ and are older than a day.',
    when: [
      { code: '42P0[467]', message: '\\bdd_[0-9a-z]{8}_[0-9a-f]{8}' },
      { message: '\\bdd_[0-9a-z]{8}_[0-9a-f]{8}\\w*["\'`]? already exists' },
    ],
  },
]);

function harness(confidence: number, rules: readonly Omit<Rule, 'class'>[]): readonly Rule[] {
  return rules.map((rule) => ({ class: 'harness', confidence, ...rule }));
}
