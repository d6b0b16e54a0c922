import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compiledDigest } from '../compiled-digest.js';

const DIST = join(import.meta.dirname, '../../dist');

it.each(['index.cjs', 'register.cjs', 'hooks-thread.cjs', 'stdio.cjs', 'modules/guard.cjs'])(
  '%s was bundled from the modules as they are compiled now; else run `npm run build`',
  (file) => {
    expect(readFileSync(join(DIST, 'bundle', file), 'utf8')).toContain(compiledDigest(DIST));
  },
);
