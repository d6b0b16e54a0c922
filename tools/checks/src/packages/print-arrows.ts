import { readWorkspace } from '../workspace.js';
import { arrowsText } from './arrows.js';

console.log(arrowsText(readWorkspace(process.cwd()), process.argv[2]));
