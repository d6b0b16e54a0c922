import { expect, it, vi } from 'vitest';
import { keepInModuleGraph } from './module-graph.js';

function moduleIn(...known: string[]) {
  const graph = () => ({
    getModuleById: (id: string) => (known.includes(id) ? { id } : undefined),
    ensureEntryFromUrl: vi.fn(async () => ({})),
  });
  const [ssr, client] = [graph(), graph()].map((moduleGraph) => ({ moduleGraph }));
  const module = { moduleId: '/a.test.ts', project: { vite: { environments: { ssr, client } } } };
  return { module: module as never, added: ssr?.moduleGraph.ensureEntryFromUrl };
}

it('a file that was not imported becomes known to the module graph', async () => {
  const { module, added } = moduleIn();
  await keepInModuleGraph(module);
  expect(added).toHaveBeenCalledWith('/a.test.ts');
});

it('a file that was imported stays as it is', async () => {
  const { module, added } = moduleIn('/a.test.ts');
  await keepInModuleGraph(module);
  expect(added).not.toHaveBeenCalled();
});
