export { isKeyShaped } from './key-shaped-names.js';
export {
  COMMON_VALUES,
  isTooCommon,
  MIN_DIGITS_LENGTH,
  MIN_VALUE_LENGTH,
  type SecretValues,
} from './known-values.js';
export { pickSecrets } from './pick-secrets.js';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.js';
export { VALUE_SHAPES, type ValueShape } from './value-shapes.js';
