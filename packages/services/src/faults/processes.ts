import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 10;
const GONE_TIMEOUT_MS = 10_000;

/** Signals a process and all its children; only Linux tells who they are, elsewhere the process alone. */
export async function signalTree(pid: number, signal: NodeJS.Signals): Promise<readonly number[]> {
  const tree = await treeOf(pid);
  for (const one of tree) {
    try {
      process.kill(one, signal);
    } catch {
      // ESRCH: it ended meanwhile.
    }
  }
  return tree;
}

/** Settles when none of the processes runs any more; rejects after 10 s. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  const end = performance.now() + GONE_TIMEOUT_MS;
  for (const pid of pids) {
    while (await runs(pid)) {
      if (performance.now() > end) throw new Error(`process ${pid} did not end within ${GONE_TIMEOUT_MS} ms`);
      await delay(PAUSE_MS);
    }
  }
}

/** Parents first. */
async function treeOf(root: number): Promise<number[]> {
  const all = await Promise.all((await processIds()).map(async (pid) => ({ pid, ...(await statOf(pid)) })));
  const tree = [root];
  for (const parent of tree) tree.push(...all.filter((one) => one.parent === parent).map(({ pid }) => pid));
  return tree;
}

async function processIds(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

async function runs(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended and is not collected yet answers too.
  return (await statOf(pid)).state !== 'Z';
}

/** State and parent; the name before them may hold spaces and parentheses. */
async function statOf(pid: number): Promise<{ state?: string; parent?: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state ? { state, parent: Number(parent) } : {};
}
