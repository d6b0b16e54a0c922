import type { Session } from '../vitest/session.js';

/** The backend whose server a test needs: the one its tags name, else the project's own. */
export function backendOf(
  markers: readonly string[],
  tags: readonly string[],
  { needs, policy }: Pick<Session, 'needs' | 'policy'>,
): string | undefined {
  const reachesLan = policy.registry.markers.some(
    ({ name, scope }) => markers.includes(name) && (scope ?? 'none').includes('lan'),
  );
  return reachesLan ? (needs.find((backend) => tags.includes(backend)) ?? needs[0]) : undefined;
}
