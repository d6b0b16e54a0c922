#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('drydock is not built yet. Run `npm run build` in the workspace root, then try again.');
  process.exit(2);
}
await import(main.href);
