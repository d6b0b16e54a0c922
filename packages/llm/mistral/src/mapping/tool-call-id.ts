import { createHash } from 'node:crypto';

/** Form of the ids that the service takes: https://github.com/mistralai/mistral-common, class `MistralRequestValidatorV3`. */
const OWN = /^[a-zA-Z0-9]{9}$/;

/** The id of a tool call as the service takes it; an id of another provider always becomes the same one. */
export function toWireId(id: string): string {
  return OWN.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);
}
