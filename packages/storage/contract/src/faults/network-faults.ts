import type { FaultProxy, Toxic } from './options.js';

/** A network that is bad in one way. */
export interface NetworkFault {
  readonly name: string;
  readonly toxics: readonly Toxic[];
}

/** A connection that breaks while a call waits for its reply. */
export interface Break {
  readonly name: string;
  /** Before the call. */
  readonly toxics: readonly Toxic[];
  /** Once the call was sent. */
  strike(proxy: FaultProxy): Promise<void>;
}

const both = (type: Toxic['type'], attributes: Toxic['attributes']): Toxic[] => [
  { type, attributes, stream: 'downstream' },
  { type, attributes, stream: 'upstream' },
];

const SILENCE: Toxic = { type: 'timeout', attributes: { timeout: 0 } };

/** Slow, but not too slow: every call succeeds. */
export const BENT: readonly NetworkFault[] = [
  { name: 'latency', toxics: both('latency', { latency: 40 }) },
  { name: 'jitter', toxics: both('latency', { latency: 30, jitter: 30 }) },
  {
    name: 'a slow drip',
    toxics: both('slicer', { average_size: 24, size_variation: 12, delay: 300 }),
  },
  { name: 'little bandwidth', toxics: both('bandwidth', { rate: 64 }) },
];

/** Too slow for any deadline. */
export const LATE: readonly NetworkFault[] = [
  { name: 'latency beyond the deadline', toxics: [{ type: 'latency', attributes: { latency: 60_000 } }] },
  { name: 'a half-open connection', toxics: both('timeout', { timeout: 0 }) },
  {
    name: 'a drip slower than the deadline',
    // A byte a second: no backend answers with fewer than two.
    toxics: [{ type: 'slicer', attributes: { average_size: 1, size_variation: 0, delay: 1_000_000 } }],
  },
];

/** Too slow for a large record: 256 KB at 32 KB/s. */
export const CLOGGED = [
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

/** Size of that record. */
export const LARGE_BYTES = 256 * 1024;

/** Connections that end in the middle of a call. */
export const BREAKS: readonly Break[] = [
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
