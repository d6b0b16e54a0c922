import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder for fetched packages: `DRYDOCK_CACHE_DIR`, else the place where the user's system keeps caches. */
export function defaultCacheDir(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.DRYDOCK_CACHE_DIR) return env.DRYDOCK_CACHE_DIR;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'drydock', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'drydock');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'drydock');
}
