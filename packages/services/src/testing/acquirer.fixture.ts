/** A process that acquires a real server, says which, and waits to be killed. */
import { join } from 'node:path';
import { acquire } from '../acquire.js';
import { discoverServices } from '../discover.js';
import { readOwner } from '../reaper/folders.js';
import type { Way } from '../service.js';
import { say } from './say.fixture.js';

const [root = '', backend = '', way = '', tempDir = ''] = process.argv.slice(2);
const record = discoverServices(root).find((candidate) => candidate.backend === backend);
if (record === undefined) throw new Error(`no service ${backend} in ${root}`);
const service = await acquire(await record.load(), { env: {}, ways: [way as Way], tempDir });
const owner = await readOwner(service.folder ?? '');
say(join(tempDir, 'acquirer'), { ...owner, folder: service.folder });
setInterval(() => undefined, 1_000);
