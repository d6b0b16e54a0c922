import { readFileSync, writeFileSync } from 'node:fs';
import { completeLock, type LockFile } from './lock-platforms.js';

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
writeFileSync(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
