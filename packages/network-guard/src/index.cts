export { BLOCKED_CODE, BlockedError, isBlockedError } from './attempt/blocked-error.cjs';
export { formatAttempt, socketRule } from './attempt/message.cjs';
export {
  addServer,
  attempts,
  canary,
  describeAttempt,
  installGuard,
  isInstalled,
  onAttempt,
  runInTest,
  setCurrentFile,
  setPolicy,
  takeAttempts,
  unansweredDatagrams,
  withPolicy,
} from './guard.cjs';
export { isMetadata } from './policy/address.cjs';
export type {
  AllowRule,
  AllowRuleObject,
  Attempt,
  CanaryResult,
  GuardOptions,
  Policy,
  Protocol,
  Remedy,
  Scope,
  TestContext,
} from './types.cjs';
