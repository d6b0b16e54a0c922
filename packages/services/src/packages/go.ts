import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackageRequest } from '@drydock/storage/service';
import { which } from '../launch/which.js';
import type { Fetcher } from './fetcher.js';

const TARGET = 'content';

/** Go builds the program from its module; the client checks all sources against the checksum database. */
export const go: Fetcher = {
  registry: 'Go',
  client: 'Go',
  perPlatform: true,

  async prepare({ name, version }, folder) {
    const client = await goClient();
    if (client === undefined) return undefined;
    const target = join(folder, TARGET);
    await mkdir(target);
    // Without C no compiler is needed beside Go's own.
    const env = { GOBIN: target, CGO_ENABLED: '0' };
    return { file: client, args: ['install', '-trimpath', `${name.replace('//', '/')}@${version}`], env };
  },

  async verify(request, content) {
    const client = (await goClient()) ?? 'go';
    const { stdout } = await promisify(execFile)(client, ['version', '-m', content], { timeout: 20_000 });
    checkModule(request, stdout);
  },

  placeOf: () => TARGET,
};

/** Throws unless the build information, as `go version -m` prints it, names the pinned module. */
export function checkModule({ name, version, integrity }: PackageRequest, buildInformation: string): void {
  const [module] = name.split('//');
  const [, found] = buildInformation.match(/^\tmod\t(.+)$/m) ?? [];
  if (integrity.some((digest) => found === `${module}\t${version}\t${digest}`)) return;
  throw new Error(`Go built another module than the one pinned: ${found ?? 'it names none'}`);
}

/** The one on the PATH, else where Go's own installer puts it. */
function goClient(): Promise<string | undefined> {
  const usual = process.platform === 'win32' ? 'C:\\Program Files\\Go\\bin\\go.exe' : '/usr/local/go/bin/go';
  return which(['go', usual]);
}
