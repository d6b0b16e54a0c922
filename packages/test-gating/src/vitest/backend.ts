import { type Scope, widestScope } from '@drydock/workspace';
import type { Session } from './session.js';

/** The backend or provider that a test needs: the one that its tags name, else the project's own. */
export function backendOf(
  markers: readonly string[],
  tags: readonly string[],
  { needs, policy }: Pick<Session, 'needs' | 'policy'>,
  providers: ReadonlySet<string> = new Set(),
): string | undefined {
  const scopes = policy.registry.markers.filter(({ name }) => markers.includes(name));
  const reach = widestScope(scopes.map(({ scope }) => scope ?? 'none'));
  const needed = needs.filter((name) => reaches(reach, providers.has(name)));
  return needed.find((name) => tags.includes(name)) ?? needed[0];
}

function reaches(scope: Scope, isProvider: boolean): boolean {
  return scope.includes(isProvider ? 'public' : 'lan');
}
