import type { FaultTable } from './fault-table.js';

/** Codes of a connection that was refused for another reason than its credentials. */
const NO_LOGIN = 'NOT_CONNECTED$|HTTP_3|E[A-Z]+$';

/** The errors of the contracts for storage and models, whichever backend or provider made them. */
export const CONTRACTS: FaultTable = {
  version: { code: 'ERR_DRYDOCK_VERSION|VERSION_TOO_OLD' },
  'spend-cap': { code: 'SPEND_CAP|spend_cap' },
  'provider-quota': { when: [{ kind: 'quota' }] },
  'rate-limit': { when: [{ kind: 'rate_limit' }] },
  'provider-key': { when: [{ kind: 'auth' }] },
  'http-down': { when: [{ name: 'Llm\\w+Error', kind: 'unavailable' }] },
  'tls-handshake': {
    when: [{ kind: 'connection|configured-unreachable', message: 'TLS (?:failed|could not be established)' }],
  },
  'service-unavailable': { when: [{ name: 'ServiceError', kind: 'configured-unreachable|unavailable' }] },
  'wrong-service': { when: [{ kind: 'connection', code: 'HTTP_3\\d\\d' }] },
  login: {
    when: [
      { name: 'Storage\\w+Error', kind: 'connection', retriable: false, outcome: 'rejected' },
      { name: 'Storage\\w+Error', kind: 'connection', retriable: false, code: `(?!${NO_LOGIN}).+` },
    ],
  },
  unavailable: { when: [{ name: 'Storage\\w+Error', kind: 'connection', retriable: true }] },
  'family-refused': { when: [{ kind: 'query|data|not_found|bad_request' }] },
  'family-answer': { when: [{ kind: 'invalid_output|truncated|content_filtered' }] },
  deadline: {
    when: [
      { code: 'DEADLINE', complete: true },
      { kind: 'timeout', complete: true },
      { name: 'DeadlineExceededError', root: true, complete: true },
    ],
  },
};
