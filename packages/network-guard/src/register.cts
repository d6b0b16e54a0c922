import threads from 'node:worker_threads';
import { optionsFromEnvironment } from './environment.cjs';
import { type Installation, installGuard } from './guard.cjs';
import { INHERIT } from './patches/inherit.cjs';
import type { GuardOptions } from './types.cjs';

// The state from a parent wins over the variables, because the code under test can change those.
const handed = threads.getEnvironmentData(INHERIT) ?? process.env[INHERIT];
delete process.env[INHERIT];
threads.setEnvironmentData(INHERIT, undefined);

const inherited: Installation['inherited'] = typeof handed === 'string' ? JSON.parse(handed) : undefined;

installGuard(
  inherited ? inheritedOptions() : optionsFromEnvironment(process.env),
  inherited ? { inherited } : {},
);

// A child may ask for a summary of its own, but cannot widen the policy of its parent.
function inheritedOptions(): GuardOptions {
  return process.env.DRYDOCK_GUARD_SUMMARY === '1' ? { summary: 'own' } : {};
}
