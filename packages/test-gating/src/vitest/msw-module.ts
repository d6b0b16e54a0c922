import type { Plugin } from 'vitest/config';
import { WATCH_MSW } from '../runner/watch-msw.js';

const MSW = 'msw/node';
const STANDS_FOR_MSW = '\0virtual:drydock-msw-node';

/**
 * Hooks that put a module in front of `msw/node` for the project's own files: the same exports, with servers that tell of
 * what they refuse. msw keeps no list of its servers, so that there is no other place to listen.
 */
export function mswHooks(): Pick<Plugin, 'resolveId' | 'load'> {
  let path: string | undefined;
  return {
    resolveId: {
      order: 'pre',
      async handler(source, importer) {
        if (source !== MSW || importer === STANDS_FOR_MSW) return undefined;
        const resolved = await this.resolve(source, importer, { skipSelf: true });
        path = resolved?.id;
        return path === undefined ? undefined : STANDS_FOR_MSW;
      },
    },
    load(id) {
      return id === STANDS_FOR_MSW && path !== undefined ? codeFor(path) : undefined;
    },
  };
}

function codeFor(path: string): string {
  const from = JSON.stringify(path);
  return `import * as msw from ${from};
export * from ${from};
const watch = globalThis[Symbol.for(${JSON.stringify(WATCH_MSW.description)})] ?? ((server) => server);
export const setupServer = (...handlers) => watch(msw.setupServer(...handlers));
`;
}
