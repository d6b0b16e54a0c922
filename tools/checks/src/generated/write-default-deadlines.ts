import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace } from '../workspace.js';
import { outdated } from './default-deadlines.js';

const workspace = readWorkspace(process.cwd());
for (const { where, text } of outdated(workspace)) writeFileSync(join(workspace.root, where), text);
