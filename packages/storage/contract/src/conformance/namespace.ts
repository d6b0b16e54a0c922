import { decodeTime, ulid } from 'ulid';

const RUN = /drydock[-_]([0-9a-hjkmnp-tv-z]{26})(?=$|[-_:])/i;
/** A run that began longer ago than this is over, however it ended. */
const STALE_AFTER_MS = 24 * 3_600_000;

/** A name for all that one run writes on a server that others use too: `drydock-` and 26 digits and letters that hold the time. */
export function newNamespace(now = Date.now()): string {
  return `drydock-${ulid(now).toLowerCase()}`;
}

/** Whether a name on a server was made by a run that began more than a day ago; hyphens may have become underscores. */
export function isStaleNamespace(name: string, now = Date.now()): boolean {
  const made = RUN.exec(name)?.[1];
  return made !== undefined && now - decodeTime(made.toUpperCase()) > STALE_AFTER_MS;
}

/** Lists and removes what runs left on a server. */
export interface NamespaceKeeper {
  /** Namespaces that are on the server, also those of other runs. */
  namespaces?(): Promise<readonly string[]>;
  removeNamespace(namespace: string): Promise<void>;
}

/** Removes what runs that were killed left behind; another run may be doing the same. */
export async function removeStaleNamespaces(keeper: NamespaceKeeper): Promise<void> {
  const names = (await keeper.namespaces?.()) ?? [];
  for (const name of names.filter((candidate) => isStaleNamespace(candidate))) {
    await keeper.removeNamespace(name).catch(() => {});
  }
}
