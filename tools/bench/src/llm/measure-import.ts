import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** By the name under which each is shown: an empty one takes what Node itself needs for any. */
const MODULES: Readonly<Record<string, string>> = {
  'an empty module': 'data:text/javascript,',
  ...Object.fromEntries(
    ['@drydock/llm', 'groq-sdk', 'ai', '@langchain/groq'].map((name) => [name, import.meta.resolve(name)]),
  ),
};
const LIMIT_MS = 60_000;

/** Milliseconds that an import takes in a fresh process, by module. */
export async function measureImports(rounds: number): Promise<Readonly<Record<string, readonly number[]>>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(MODULES).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, url] of Object.entries(MODULES)) times[name]?.push(await importOnce(url));
  }
  return times;
}

async function importOnce(url: string): Promise<number> {
  const script = `const start = performance.now(); await import(${JSON.stringify(url)}); console.log(performance.now() - start); process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${url} could not be imported (code ${code}).`);
  return Number(output);
}
