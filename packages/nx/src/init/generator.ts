import { planInit } from '@drydock/test-gating/init';
import type { Tree } from '@nx/devkit';

/** Sets a workspace up as `drydock init` does; Nx shows the changes, and writes none with `--dry-run`. */
export default function initGenerator(tree: Tree): () => void {
  const { changes, notes, next } = planInit(tree.root);
  for (const { path, after } of changes) tree.write(path, after);
  return () =>
    process.stdout.write(`${[...notes, 'Next:', ...next.map((line) => `  ${line}`)].join('\n')}\n`);
}
