import { type FailureDialect, rulesByCode } from '@drydock/llm/provider-kit';

const NO_CAPACITY = {
  kind: 'unavailable',
  detail: 'the service has no capacity for this model at the moment',
} as const;

/** The service's errors: https://docs.mistral.ai/resources/error-glossary; codes as its own messages show them. */
export const MISTRAL_FAILURES: FailureDialect = {
  rules: rulesByCode({
    1500: {
      kind: 'bad_request',
      detail: 'the model does not exist for this key; list the models',
      scope: 'model',
    },
    3505: NO_CAPACITY,
    service_tier_capacity_exceeded: NO_CAPACITY,
  }),
};
