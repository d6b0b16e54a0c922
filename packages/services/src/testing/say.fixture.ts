import { renameSync, writeFileSync } from 'node:fs';

/** Says something to the test that started this process: in a file, because a sandbox may silence pipes. */
export function say(place: string, what: unknown): void {
  writeFileSync(`${place}.draft`, JSON.stringify(what));
  renameSync(`${place}.draft`, whereSaid(place));
}

/** File in which {@link say} leaves what it says. */
export function whereSaid(place: string): string {
  return `${place}.said`;
}
