import type { FaultProxy, Toxic } from './options.js';

/** A network that is bad in one way. */
export interface NetworkFault {
  readonly name: string;
  readonly toxics: readonly Toxic[];
}

/** A connection that breaks while a call waits for its reply. */
export interface BrokenConnection {
  readonly name: string;
  /** Disturbances that begin before the call. */
  readonly toxics: readonly Toxic[];
  /** Breaks the connection once the call was sent. */
  strike(proxy: FaultProxy): Promise<void>;
}

const both = (type: Toxic['type'], attributes: Toxic['attributes']): Toxic[] => [
  { type, attributes, stream: 'downstream' },
  { type, attributes, stream: 'upstream' },
];

const SILENCE: Toxic = { type: 'timeout', attributes: { timeout: 0 } };

/** Slow networks within which every call still succeeds. */
export const SLOW: readonly NetworkFault[] = [
  { name: 'latency', toxics: both('latency', { latency: 40 }) },
  { name: 'jitter', toxics: both('latency', { latency: 30, jitter: 30 }) },
  {
    name: 'a slow drip',
    toxics: both('slicer', { average_size: 24, size_variation: 12, delay: 300 }),
  },
  { name: 'little bandwidth', toxics: both('bandwidth', { rate: 64 }) },
];

/** Networks that are too slow for any deadline. */
export const STALLED: readonly NetworkFault[] = [
  { name: 'latency beyond the deadline', toxics: [{ type: 'latency', attributes: { latency: 60_000 } }] },
  { name: 'a half-open connection', toxics: both('timeout', { timeout: 0 }) },
  {
    name: 'a drip slower than the deadline',
    // A byte a second, and every answer of a backend has at least two.
    toxics: [{ type: 'slicer', attributes: { average_size: 1, size_variation: 0, delay: 1_000_000 } }],
  },
];

/** Networks that are too narrow for a large record: 256 KB at 32 KB/s. */
export const NARROW = [
  {
    name: 'bandwidth too small on the way to the server',
    toxics: [{ type: 'bandwidth', attributes: { rate: 32 }, stream: 'upstream' }],
    operations: ['store', 'storeBatch'],
  },
  {
    name: 'bandwidth too small on the way back',
    toxics: [{ type: 'bandwidth', attributes: { rate: 32 }, stream: 'downstream' }],
    operations: ['retrieve', 'retrieveBatch'],
  },
] as const satisfies readonly (NetworkFault & { readonly operations: readonly string[] })[];

/** Size of that large record. */
export const LARGE_BYTES = 256 * 1024;

/** Connections that end in the middle of a call. */
export const BROKEN: readonly BrokenConnection[] = [
  {
    name: 'a connection that ends in the middle of the reply',
    toxics: [{ type: 'limit_data', attributes: { bytes: 1 } }],
    strike: async () => {},
  },
  {
    name: 'a connection reset instead of a reply',
    toxics: [{ type: 'reset_peer', attributes: { timeout: 0 } }],
    strike: async () => {},
  },
  {
    name: 'a connection closed while waiting',
    toxics: [SILENCE],
    strike: (proxy) => proxy.cut(),
  },
];
