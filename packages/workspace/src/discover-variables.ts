import type { DrydockField } from './field/drydock-field.js';
import { variablesOfServices } from './field/own-service.js';
import type { Variables } from './variables.js';
import { WELL_KNOWN_VARIABLES } from './well-known-variables.js';

/** Joins the well-known variables, those in the packages' `drydock.services` and `drydock.variables` and the user's own, the later winning. */
export function discoverVariables(
  packages: readonly { readonly field: Pick<DrydockField, 'variables' | 'services'> }[],
  additions: Variables = {},
): Variables {
  const declared = packages.flatMap(({ field }) => [variablesOfServices(field.services), field.variables]);
  return Object.assign({}, WELL_KNOWN_VARIABLES, ...declared, additions);
}
