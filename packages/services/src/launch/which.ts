import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where package managers put servers although a plain user's PATH may not name it. */
const USUAL_FOLDERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/snap/bin'],
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/usr/bin'],
};

/** Absolute path of the first of these programs that exists; a name that is an absolute path is tried as it is. */
export async function which(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  for (const name of names) {
    for (const candidate of candidates(name, env)) {
      if (await isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

function candidates(name: string, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const suffixes = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE').split(';')] : [''];
  if (isAbsolute(name)) return suffixes.map((suffix) => name + suffix);
  // A relative entry of the PATH would make the choice depend on the working folder.
  const path = (env.PATH ?? env.Path ?? '').split(delimiter).filter(isAbsolute);
  const folders = [...path, ...(USUAL_FOLDERS[process.platform] ?? [])];
  return folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
