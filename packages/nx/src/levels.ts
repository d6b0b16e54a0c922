import type { Level, Registry } from '@drydock/test-gating/registry';

/** Levels at which a project with these markers has a test to run. */
export function levelsOfProject(markers: ReadonlySet<string>, registry: Registry): Level[] {
  return registry.levels.filter(
    ({ unmarked, grants }) => unmarked || grants.some((name) => markers.has(name)),
  );
}

/** Whether nothing that a level grants reaches a network, so that its result may be cached. */
export function isOffline(level: Level, registry: Registry): boolean {
  return registry.markers
    .filter(({ name }) => level.grants.includes(name))
    .every(({ scope }) => (scope ?? 'none') === 'none');
}
