/** Variables by which the harness and its guard would follow into a child, and those that steer test runners. */
const FOLLOWERS = /^(?:DRYDOCK_GUARD_|VITEST|JEST_WORKER_ID$|NODE_V8_COVERAGE$|NODE_CHANNEL_|NX_)/u;

/** Flags of Node that load somebody's code first or open a debugger, and whether a value follows them. */
const LOADS = /^(?:-r|--require|--import|--loader|--experimental-loader|--inspect[\w-]*)(?<value>=.*)?$/u;

/**
 * A copy of an environment for a process in which nothing is mocked, guarded or loaded beforehand; flags of Node that
 * change how it connects stay.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !FOLLOWERS.test(name) && name !== 'NODE_OPTIONS');
  const options = withoutLoads(env.NODE_OPTIONS ?? '');
  return { ...Object.fromEntries(kept), ...(options !== '' && { NODE_OPTIONS: options }) };
}

function withoutLoads(options: string): string {
  const words = options.match(/"(?:\\.|[^"\\])*"|\S+/gu) ?? [];
  return words.filter((word, index) => !loads(word) && !loadsWithValue(words[index - 1])).join(' ');
}

function loads(word: string): boolean {
  return LOADS.test(word);
}

/** `--inspect` takes a value only behind an equals sign. */
function loadsWithValue(word: string | undefined): boolean {
  const match = word === undefined ? null : LOADS.exec(word);
  return match !== null && match.groups?.value === undefined && !word?.startsWith('--inspect');
}
