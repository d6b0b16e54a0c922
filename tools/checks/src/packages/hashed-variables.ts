import { RESULT_VARIABLES } from '@drydock/nx';
import type { Check } from '../check.js';
import { isShippedSource } from '../workspace.js';

/** Names that a cached result does not depend on, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  DRYDOCK_LEVEL: 'each target sets its own, over the shell',
  DRYDOCK_CACHE_DIR: 'where servers are kept; only networked levels start one',
  DRYDOCK_DRIVEN: 'who tells GitHub of failures',
  DRYDOCK_GUARD_INHERIT: 'how the guard tells its own children of itself',
  DRYDOCK_GUARD_REPORT: 'where the guard writes',
  DRYDOCK_GUARD_SUMMARY: 'whether the guard prints',
  DRYDOCK_LOCAL_MODEL: 'which server real calls go to; offline tests make none',
  DRYDOCK_NAMESPACE: 'which network namespace the run is in, another each time',
  DRYDOCK_LLM_MAX_CALLS: 'what real calls may cost',
  DRYDOCK_LLM_MAX_TOKENS: 'what real calls may cost',
  DRYDOCK_LLM_SPEND_FILE: 'what real calls have cost',
  DRYDOCK_LLM_RECORD: 'offline tests only replay',
  DRYDOCK_BLOCKED: 'an error code',
  DRYDOCK_UNKNOWN_MARKER: 'an error code',
  DRYDOCK_USAGE: 'an error code',
};

/** Every variable that the harness reads is part of an offline result's hash, or is known to have no effect on it. */
export const hashedVariables: Check = {
  name: 'hashed-variables',
  run: ({ packages, read }) =>
    packages
      .flatMap(({ files }) => files)
      .filter(isShippedSource)
      .flatMap((file) =>
        [...new Set(read(file).match(/\bDRYDOCK_[A-Z_]*[A-Z]\b/g))].map((variable) => ({ file, variable })),
      )
      .filter(({ variable }) => !RESULT_VARIABLES.includes(variable) && !(variable in WITHOUT_EFFECT))
      .map(({ file, variable }) => ({
        where: file,
        what: `${variable} can change a cached result unseen; add it to RESULT_VARIABLES in @drydock/nx`,
      })),
};
