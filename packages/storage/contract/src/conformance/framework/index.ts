export {
  type CaseOptions,
  type CollectedCase,
  collectCases,
  describe,
  needs,
  test,
} from './collect.js';
export { expect } from './expect.js';
export { NotApplicable } from './not-applicable.js';
export { waitFor } from './wait-for.js';
