import type { EnvironmentProblem } from '../environment/environment-usage-error.js';
import type { Endpoint } from './endpoint.js';

/** Takes the target from each endpoint that has a malformed variable: such an endpoint cannot be checked, the others can. */
export function withoutMalformed(
  endpoints: readonly Endpoint[],
  problems: readonly EnvironmentProblem[],
): Endpoint[] {
  return endpoints.map((endpoint) => {
    const malformed = problems.find(({ variable }) => isSettingOf(endpoint, variable));
    if (malformed === undefined) return endpoint;
    const { target: _, ...rest } = endpoint;
    return { ...rest, malformed, absence: `${malformed.variable} ${malformed.problem}` };
  });
}

/** Problems that concern some of all endpoints: those of their variables, and those of variables that no endpoint has. */
export function problemsOf(
  some: readonly Endpoint[],
  all: readonly Endpoint[],
  problems: readonly EnvironmentProblem[],
): EnvironmentProblem[] {
  const isOf = (endpoints: readonly Endpoint[], variable: string) =>
    endpoints.some((endpoint) => isSettingOf(endpoint, variable));
  return problems.filter(({ variable }) => isOf(some, variable) || !isOf(all, variable));
}

function isSettingOf({ settings }: Endpoint, variable: string): boolean {
  return settings.some(({ name }) => name === variable);
}
