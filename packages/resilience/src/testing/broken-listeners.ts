/** Listens to a call, as telemetry does. */
export type Listener = <T>(run: (onEnd: (end: unknown) => unknown) => Promise<T>) => Promise<T>;

const fail = (_?: unknown): never => {
  throw new Error('of the listener');
};

/** Listeners that break their promises, each by what it does: no call may end in another way for them. */
export const BROKEN_LISTENERS: readonly (readonly [does: string, Listener])[] = [
  ['throws', fail],
  ['rejects', async () => fail()],
  ['runs nothing', async () => undefined as never],
  ['throws once the call is under way', (run) => fail(run(() => {}))],
  ['rejects once the call has ended', (run) => run(() => {}).finally(fail)],
  ['throws when it is told of the end', (run) => run(fail)],
  ['rejects when it is told of the end', (run) => run(async () => fail())],
  ['answers by itself', (run) => run(() => {}).then(() => 'of the listener' as never)],
  ['runs it twice', (run) => run(() => {}).then(() => run(() => {}))],
];
