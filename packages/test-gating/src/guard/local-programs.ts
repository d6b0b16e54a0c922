/**
 * Programs that tests of tools start, and that reach no network by what they are for: compilers, bundlers, version control
 * and the small tools of a system. Scripts of Node are not listed, since they run with the guard.
 */
export const LOCAL_PROGRAMS: readonly string[] = [
  'esbuild sass dart swc biome oxlint tsgo rustc gcc cc clang make cmake',
  'git tar gzip gunzip zip unzip zstd ffmpeg ffprobe magick convert sqlite3',
  'basename cat chmod cmp cp cut date diff dirname du echo false file grep head hostname id jq kill ln',
  'ls mkdir mktemp mv patch printf ps pwd realpath rm rmdir sed sha256sum sleep sort stat tail tee',
  'touch tr true uname uniq wc which where whoami tasklist taskkill lsof',
].flatMap((names) => names.split(' '));

/** Keeps those of them off the network that could use it: git then speaks to folders alone. */
export const LOCAL_PROGRAMS_ENV: Readonly<Record<string, string>> = { GIT_ALLOW_PROTOCOL: 'file' };
