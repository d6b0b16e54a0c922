import semver from 'semver';
import type { StepRunner } from './step.js';
import { coded } from './within.js';

/** Compares the server's version with the range that the adapter supports. */
export const checkVersion: StepRunner = async ({ versions }, { version }) => {
  if (version === undefined) return undefined;
  const known = semver.coerce(version);
  if (versions === undefined || known === null) return { version, evidence: version };
  if (!semver.satisfies(known, versions))
    throw coded('VERSION_TOO_OLD', `${version} is too old; supported is ${versions}`);
  return { version, evidence: `${version} (supported: ${versions})` };
};
