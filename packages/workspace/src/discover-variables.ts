import type { DrydockField } from './field/drydock-field.js';
import type { Variables } from './variables.js';
import { WELL_KNOWN_VARIABLES } from './well-known-variables.js';

/** Joins the well-known variables, those in the packages' `drydock.variables` and the user's own, the later winning. */
export function discoverVariables(
  packages: readonly { readonly field: Pick<DrydockField, 'variables'> }[],
  additions: Variables = {},
): Variables {
  return Object.assign({}, WELL_KNOWN_VARIABLES, ...packages.map(({ field }) => field.variables), additions);
}
