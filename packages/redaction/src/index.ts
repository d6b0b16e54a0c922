export { isKeyShaped } from './names/name-rules.js';
export { pickSecrets } from './pick-secrets.js';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.js';
export { COMMON_VALUES } from './shapes/common-values.js';
export { VALUE_SHAPES, type ValueShape } from './shapes/value-shapes.js';
export {
  isTooCommon,
  MIN_DIGITS_LENGTH,
  MIN_VALUE_LENGTH,
  type SecretValues,
} from './text/known-values.js';
