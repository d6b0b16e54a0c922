import type { FailureDialect } from '@drydock/llm/provider-kit';
import { EventError } from '../event-stream.js';

/** The service's errors: https://docs.mistral.ai/resources/error-glossary; codes as its own messages show them. */
export const MISTRAL_FAILURES: FailureDialect = {
  rules: [
    { code: '1500', kind: 'bad_request', detail: 'there is no such model for this key; list the models' },
    { code: '3505', kind: 'unavailable', detail: 'the service has no room for this model at the moment' },
    {
      code: 'service_tier_capacity_exceeded',
      kind: 'unavailable',
      detail: 'the service has no room for this model at the moment',
    },
  ],
  readError: EventError.answerOf,
};
