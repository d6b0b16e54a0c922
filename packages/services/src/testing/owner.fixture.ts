/** A process that owns a reaper with a server, says so, and then ends in the way that its arguments name. */
import { join } from 'node:path';
import { readOwner } from '../reaper/folders.js';
import { Reaper } from '../reaper/reaper.js';
import { HAS_A_CHILD, nodeProgram, RUNS_FOR_EVER } from './fake-server.fixture.js';
import { say } from './say.fixture.js';

const [folder = '', ending = ''] = process.argv.slice(2);
const reaper = await Reaper.start(folder);
await reaper.startServer(nodeProgram(HAS_A_CHILD, folder), join(folder, 'server.log'));
if (ending === 'during-run') void reaper.run(nodeProgram(RUNS_FOR_EVER, folder), 60_000);
if (ending === 'release') await reaper.release();
say(folder, await readOwner(folder));
if (ending === 'throw') throw new Error('as if a bug');
if (ending !== 'return' && ending !== 'release') setInterval(() => undefined, 1_000);
