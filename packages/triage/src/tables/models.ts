import type { FaultTable } from './fault-table.js';

/** Providers of language models: what Google, OpenAI, Groq, Mistral and servers like theirs answer. */
export const MODELS: FaultTable = {
  'provider-quota': { code: 'insufficient_quota|quota_exceeded|billing_hard_limit_reached' },
  'rate-limit': { code: 'rate_limit_exceeded|RESOURCE_EXHAUSTED' },
  'provider-key': {
    code: 'invalid_api_key|API_KEY_INVALID|organization_restricted',
    message:
      'API[ _]key (?:not valid|expired|not found|invalid)|API_KEY_INVALID|invalid_api_key|Incorrect API key|Organization (?:has been )?restricted',
  },
  'provider-region': { message: 'User location is not supported|not available in your (?:country|region)' },
  'provider-permission': { code: 'PERMISSION_DENIED' },
  'provider-unreachable': {
    message: 'Error fetching from \\S+: fetch failed$',
    when: [{ message: '^Unable to make request: TypeError: fetch failed' }],
  },
};
