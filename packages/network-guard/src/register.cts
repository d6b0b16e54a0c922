import threads from 'node:worker_threads';
import { optionsFromEnvironment } from './environment.cjs';
import { type Installation, installGuard } from './guard.cjs';
import { INHERIT, REGISTER } from './patches/inherit.cjs';
import type { GuardOptions } from './types.cjs';

// The state from a parent wins over the variables, because the code under test can change those.
const handed = threads.getEnvironmentData(INHERIT) ?? process.env[INHERIT];
delete process.env[INHERIT];
threads.setEnvironmentData(INHERIT, undefined);

// Where the guard is among the arguments as well, they are the parent's, and no business of the program.
if (
  handed &&
  threads.isMainThread &&
  process.execArgv[1] === REGISTER &&
  process.env.NODE_OPTIONS?.includes(REGISTER)
)
  process.execArgv.splice(0, 2);

const inherited: Installation['inherited'] = typeof handed === 'string' ? JSON.parse(handed) : undefined;

installGuard(
  inherited ? inheritedOptions() : optionsFromEnvironment(process.env),
  inherited ? { inherited } : {},
);

// A child may ask for a summary of its own, but cannot widen the policy of its parent.
function inheritedOptions(): GuardOptions {
  return process.env.DRYDOCK_GUARD_SUMMARY === '1' ? { summary: 'own' } : {};
}
