import type { Level, Registry } from '@drydock/workspace';

const CONNECTIVITY = 'connectivity';

/** Levels at which a project whose tests carry these markers and tags has one to run. */
export function levelsOfProject(tags: ReadonlySet<string>, registry: Registry): Level[] {
  return registry.levels.filter(
    ({ unmarked, grants, only }) =>
      (unmarked || grants.some((name) => tags.has(name))) && (only === undefined || tags.has(only)),
  );
}

/** The levels that ask a project's own server or provider whether it is there, without any test of the project's. */
export function endpointLevels(registry: Registry): Level[] {
  return registry.levels.filter(({ grants, only }) => grants.includes(CONNECTIVITY) && only === undefined);
}

/** Tags that a level asks for beside the markers it grants. */
export function levelTags(registry: Registry): string[] {
  return registry.levels.flatMap(({ only }) => only ?? []);
}

/** Whether nothing that a level grants reaches a network, so that its result may be cached. */
export function isOffline(level: Level, registry: Registry): boolean {
  return registry.markers
    .filter(({ name }) => level.grants.includes(name))
    .every(({ scope }) => (scope ?? 'none') === 'none');
}
