import { createHash } from 'node:crypto';

/** The only ids that the service takes: https://github.com/mistralai/mistral-common, class `MistralRequestValidatorV3`. */
const OWN = /^[a-zA-Z0-9]{9}$/;

/** The id of a call as the service takes it; calls of other providers get one that is always the same. */
export function toWireId(id: string): string {
  return OWN.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);
}
