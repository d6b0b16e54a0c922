import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import { compiledDigest } from './dist/compiled-digest.js';

const SRC = join(import.meta.dirname, 'src');
const DIST = join(import.meta.dirname, 'dist');

// Every worker, child process and thread of a run loads the guard. One file in one scope takes a fifth of the time that
// its compiled modules take, each of which has to be found, read and compiled by itself.
export default defineConfig({
  input: ['index.cts', 'register.cts', 'hooks-thread.cts', 'stdio.cts'].map((name) => join(SRC, name)),
  platform: 'node',
  resolve: { extensionAlias: { '.cjs': ['.cts'] } },
  plugins: [{ name: 'require-builtins', transform: requireBuiltins }],
  output: {
    dir: join(DIST, 'bundle'),
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    // A folder deeper than the entries, as the modules in it were: they find the entries by their own place.
    chunkFileNames: 'modules/[name].cjs',
    // Half the text is half the time that each worker takes to read it.
    minify: { mangle: { keepNames: true }, compress: { keepNames: { function: true, class: true } } },
    postBanner: `// ${compiledDigest(DIST)}`,
  },
  logLevel: 'warn',
});

// A default import would be wrapped in a copy with a getter for each export, lest the module be one of ECMAScript.
function requireBuiltins(code) {
  return {
    code: code.replace(/^import (\w+) from ('node:[^']+');$/gm, 'const $1 = require($2);'),
    map: null,
  };
}
