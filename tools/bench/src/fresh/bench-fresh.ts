import { discoverServices, openFresh, runNamespace } from '@drydock/services';
import { aligned } from '../guard/guard-tables.js';
import { median } from '../statistics.js';

/** Milliseconds that a part may take; a copied database takes longer than a name. */
const TARGET_MS = { copied: 30, named: 5 };
const PARTS_A_ROUND = 5;

/** Measures what a test file's part of a server costs, on the servers that the environment names. */
export async function benchFresh(rounds: number, env: NodeJS.ProcessEnv): Promise<string[]> {
  const rows: string[][] = [];
  const absent: string[] = [];
  for (const { backend, load, ofProvider } of discoverServices(import.meta.dirname)) {
    if (ofProvider) continue;
    const definition = await load();
    if (!env[definition.endpoint]) {
      absent.push(` fresh('${backend}'): not measured; set ${definition.endpoint}`);
      continue;
    }
    const isCopied = definition.fresh?.create !== undefined;
    const run = runNamespace();
    const migrate = isCopied ? () => undefined : undefined;
    const open = () => openFresh(definition, { variables: env, run, migrate });
    // The first one makes the template.
    await (await open()).remove();
    const made: number[] = [];
    const removed: number[] = [];
    for (let count = 0; count < rounds * PARTS_A_ROUND; count += 1) {
      const began = performance.now();
      const part = await open();
      made.push(performance.now() - began);
      const used = performance.now();
      await part.remove();
      removed.push(performance.now() - used);
    }
    await definition.fresh?.remove(env, { prefix: run, includes: (name) => name.startsWith(run) }, 10_000);
    const target = isCopied ? TARGET_MS.copied : TARGET_MS.named;
    rows.push([`fresh('${backend}')`, ms(made), `${target} ms`, ms(removed)]);
  }
  const table = rows.length === 0 ? [] : [...aligned([['', 'made', 'target', 'removed'], ...rows]), ''];
  return [...table, ...absent, ...(absent.length === 0 ? [] : [''])];
}

function ms(times: readonly number[]): string {
  return `${median(times).toFixed(1)} ms`;
}
