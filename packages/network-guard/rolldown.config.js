import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import { compiledDigest } from './dist/compiled-digest.js';

const DIST = join(import.meta.dirname, 'dist');

// Every worker, child process and thread of a run loads the guard: one file takes half the time of thirty.
export default defineConfig({
  input: ['index.js', 'register.cjs', 'hooks-thread.cjs'].map((name) => join(DIST, name)),
  platform: 'node',
  output: {
    dir: join(DIST, 'bundle'),
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    // A folder deeper than the entries, as the modules in it were: they find the entries by their own place.
    chunkFileNames: 'modules/[name].cjs',
    banner: `// ${compiledDigest(DIST)}`,
  },
  logLevel: 'warn',
});
