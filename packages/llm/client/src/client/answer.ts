import type { AttemptRecord, StreamEvent } from '../contract/index.js';

/** A result of the client: its `usage` is that of all attempts together. */
export type Answer<T> = T & { readonly attempts: readonly AttemptRecord[] };

/** The client's stream: its `finish` event has the records and the usage of all attempts. */
export type StreamAnswer = AsyncGenerator<
  Exclude<StreamEvent, { type: 'finish' }> | Answer<Extract<StreamEvent, { type: 'finish' }>>,
  void,
  undefined
>;
