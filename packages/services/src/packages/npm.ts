import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageRequest } from '@drydock/storage/service';
import { which } from '../launch/which.js';
import type { Fetcher } from './fetcher.js';

const FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--workspaces=false'];

/** npm checks the pinned digest itself, because a lock file with it stands in the folder. */
export const npm: Fetcher = {
  registry: 'npm',
  client: 'npm',
  perPlatform: false,

  async prepare(request, folder) {
    const client = await npmClient();
    if (client === undefined) return undefined;
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifestFor(request)));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lockFor(request)));
    return { ...client, args: [...client.args, 'ci', ...FLAGS, '--global=false', '--prefix', folder] };
  },

  placeOf: ({ name }) => join('node_modules', name),
};

function manifestFor({ name, version }: PackageRequest) {
  return { private: true, dependencies: { [name]: version } };
}

function lockFor(request: PackageRequest) {
  const { name, version, integrity } = request;
  return {
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': manifestFor(request),
      [`node_modules/${name}`]: { version, integrity: integrity.join(' ') },
    },
  };
}

/** npm's own script run by this Node where it can be found: Windows starts no `npm.cmd` without a shell. */
async function npmClient(): Promise<{ file: string; args: string[] } | undefined> {
  const bin = dirname(process.execPath);
  const scripts = [
    process.env.npm_execpath ?? '',
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  if (script !== undefined) return { file: process.execPath, args: [script] };
  const program = process.platform === 'win32' ? undefined : await which(['npm']);
  return program === undefined ? undefined : { file: program, args: [] };
}
