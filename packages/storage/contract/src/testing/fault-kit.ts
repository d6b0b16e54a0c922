import type { FaultKit } from '../conformance/options.js';
import type { MemoryServer } from './memory-server.js';

/** The faults of a server in memory, in the words of the conformance suite. */
export function faultKit<Reply>(server: MemoryServer<Reply>): FaultKit {
  const faults = {
    refuse: () => server.refuse(),
    silence: () => server.silence(),
    'drop-unapplied': () => server.drop(/(?:)/, 'before'),
    'drop-applied': () => server.drop(/(?:)/, 'after'),
  };
  return {
    set(fault) {
      server.recover();
      return fault && faults[fault]();
    },
    requests: () => server.requests,
  };
}
