import { afterEach, expect, test, vi } from 'vitest';
import { CANARY_PAYLOAD, CANARY_SECRET, LeakDetector } from './leak-detector.js';

afterEach(() => vi.restoreAllMocks());

const hidden = (value: unknown) =>
  Object.defineProperty(new Error('nothing'), 'command', { value, enumerable: false });

test.each<[string, unknown]>([
  ['a message', new Error(`store of ${CANARY_PAYLOAD} failed`)],
  ['a cause', new Error('failed', { cause: new Error(`redis://:${CANARY_SECRET}@host`) })],
  ['a hidden property', hidden({ args: [CANARY_PAYLOAD] })],
  ['what JSON gives', { toJSON: () => ({ config: { key: `${CANARY_SECRET}-server` } }) }],
  ['a getter', Object.defineProperty({}, 'url', { get: () => CANARY_SECRET, enumerable: true })],
])('%s that shows what was planted is a leak', (where, value) => {
  const detector = new LeakDetector();
  detector.examine(where, value);
  expect(detector.report().leaks).toEqual([where]);
});

test('a secret that is known only at run time is looked for too', () => {
  const detector = new LeakDetector();
  detector.know(['hunter2']);
  detector.examine('here', 'the password is hunter2');
  expect(detector.report().leaks).toEqual(['here']);
});

test('a value without a secret is counted as examined, and not as a leak', () => {
  const detector = new LeakDetector();
  detector.examine('an error', new Error('store failed'));
  expect(detector.report()).toEqual({ leaks: [], examined: 5 });
});

test('everything that is logged is examined, until the detector stops listening', () => {
  const log = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const detector = new LeakDetector();
  const stopListening = detector.listen();
  console.warn('sent %o', { text: CANARY_PAYLOAD });
  stopListening();
  console.warn(CANARY_SECRET);
  expect(log).toHaveBeenCalledTimes(2);
  expect(detector.report().leaks).toEqual(['the log (warn)']);
});
