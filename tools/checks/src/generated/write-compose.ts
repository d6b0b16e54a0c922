import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace } from '../workspace.js';
import { COMPOSE_FILE, composeOf, definitionsOf } from './compose.js';

const workspace = readWorkspace(process.cwd());
writeFileSync(join(workspace.root, COMPOSE_FILE), composeOf(await definitionsOf(workspace)));
