import type { Rule } from '../classify/rule.js';

const MARK =
  'Mark the test so that it may reach the network (the message names the marker), or let it run on a fake.';

/** What the gate and the guard say themselves; nothing goes before these. */
export const HARNESS_RULES: readonly Rule[] = [
  {
    id: 'guard-swallowed-block',
    class: 'harness',
    subclass: 'swallowed-block',
    remedy: `The code under test caught the guard’s refusal and went on. ${MARK}`,
    confidence: 0.99,
    when: [{ code: 'ERR_DRYDOCK_BLOCKED', swallowed: true }],
  },
  {
    id: 'guard-late-attempt',
    class: 'harness',
    subclass: 'unawaited-work',
    remedy: 'Wait in the test for everything that it starts, and close what it opens.',
    confidence: 0.99,
    when: [{ code: 'ERR_DRYDOCK_BLOCKED', test: '\\(after it had ended\\)$' }],
  },
  {
    id: 'guard-program',
    class: 'harness',
    subclass: 'blocked-program',
    remedy: 'Hand the code a fake runner, or list the program in drydock({ guard: { programs } }).',
    confidence: 0.99,
    when: [{ message: '^Network guard refused starting the program' }],
  },
  {
    id: 'guard-listen',
    class: 'harness',
    subclass: 'blocked-listener',
    remedy: "Call the server's request handler directly, or give the test the tag 'loopback'.",
    confidence: 0.99,
    when: [{ message: '^Network guard refused listening' }],
  },
  {
    id: 'guard-wrong-scope',
    class: 'harness',
    subclass: 'wrong-marker',
    remedy:
      'The test’s marker does not reach that far: use the marker that the message names, or allow the host (drydock run --allow-host).',
    confidence: 0.99,
    when: [{ message: '^Network guard refused [^\\n]*\\(scope (?:lan|public)\\)' }],
  },
  {
    id: 'guard-blocked',
    class: 'harness',
    subclass: 'missing-marker',
    remedy: MARK,
    confidence: 0.99,
    when: [{ code: 'ERR_DRYDOCK_BLOCKED' }, { message: '^Network guard refused ' }],
  },
  {
    id: 'guard-inactive',
    class: 'harness',
    subclass: 'guard-inactive',
    remedy:
      'Find what replaces Node’s own functions in this file, or why its worker ran without drydock(); use withPolicy or a mocking library instead.',
    confidence: 0.99,
    when: [{ code: 'ERR_DRYDOCK_GUARD' }],
  },
  {
    id: 'offline-variable',
    class: 'harness',
    subclass: 'offline-variable',
    remedy:
      'Use vi.stubEnv for a value of the test’s own, or mark the test so that it runs with the real one.',
    confidence: 0.99,
    when: [
      { code: 'ERR_DRYDOCK_ENVIRONMENT' },
      { message: '^The variable \\w+ was set during an offline run' },
    ],
  },
  {
    id: 'unknown-marker',
    class: 'harness',
    subclass: 'wrong-marker',
    remedy: 'Correct the marker’s name, or register it in drydock({ markers }).',
    confidence: 0.99,
    when: [
      { code: 'ERR_DRYDOCK_UNKNOWN_MARKER' },
      { message: "^Unknown marker '.+'\\. " },
      { message: '^The tag ".+" is not defined in the configuration' },
    ],
  },
  {
    id: 'harness-configuration',
    class: 'harness',
    subclass: 'configuration',
    remedy: 'The message names the setting; correct it.',
    confidence: 0.99,
    when: [{ code: 'ERR_DRYDOCK_\\w+' }],
  },
];

/** What a test run's own machinery says of tests that do not clean up. */
export const RUN_RULES: readonly Rule[] = [
  {
    id: 'after-teardown',
    class: 'harness',
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
    class: 'harness',
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
    class: 'harness',
    subclass: 'stale-namespace',
    remedy:
      'A run that was cut off left its namespace behind: drop the names that begin with dd_ and are older than a day.',
    when: [
      { code: '42P0[467]', message: '\\bdd_[0-9a-z]{8}_[0-9a-f]{8}' },
      { message: '\\bdd_[0-9a-z]{8}_[0-9a-f]{8}\\w*["\'`]? already exists' },
    ],
  },
];
