/** Variables that a program needs to run at all on some system; none of them holds a secret. */
const NEEDED = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'windir',
  'ComSpec',
  'PATHEXT',
];

/** The few variables of this process that a server or the reaper gets; keys and preloads stay here. */
export function minimalEnvironment(): Record<string, string> {
  const present = NEEDED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(present.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
