import { writeFileSync } from 'node:fs';
import { readWorkspace } from '../workspace.js';
import { arrowsText, PAGE, withArrows } from './arrows.js';

const workspace = readWorkspace(process.cwd());
const [folder] = process.argv.slice(2);
if (folder === '--write') writeFileSync(PAGE, withArrows(workspace));
else console.log(arrowsText(workspace, folder));
