import { copyFileSync, writeFileSync } from 'node:fs';
import { readWorkspace } from '../workspace.js';
import { publishedPackages, publishFields } from './ready-to-pack.js';

const workspace = readWorkspace(process.cwd());
for (const one of publishedPackages(workspace)) {
  const { name, version, description, keywords, license, ...rest } = one.manifest;
  const fields = publishFields(one, workspace);
  const manifest = { name, version, description, keywords, ...fields, ...rest, ...fields };
  writeFileSync(`${one.folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync('LICENSE', `${one.folder}/LICENSE`);
}
