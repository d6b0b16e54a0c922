import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackageRequest } from '@drydock/storage/service';
import { which } from '../launch/which.js';
import type { Fetcher } from './fetcher.js';

const POM = 'pom.xml';
const TARGET = 'content';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
/** A jar that does not fit the checksum beside it fails the command instead of giving a warning. */
const FLAGS = ['--batch-mode', '--quiet', '--strict-checksums'];

/** Maven gathers a package and all that it depends on; the pinned digest covers the whole collection. */
export const maven: Fetcher = {
  registry: 'Maven',
  client: 'Maven',
  perPlatform: false,

  async prepare(request, folder) {
    await writeFile(join(folder, POM), pomFor(request));
    // Windows starts no `mvn.cmd` without a shell.
    const client = process.platform === 'win32' ? undefined : await which(['mvn']);
    if (client === undefined) return undefined;
    const settings = [`-DoutputDirectory=${join(folder, TARGET)}`, '-DincludeScope=runtime'];
    return { file: client, args: [...FLAGS, '-f', join(folder, POM), COPY, ...settings] };
  },

  async verify({ integrity }, content) {
    const found = `sha256:${await digestOf(content)}`;
    if (!integrity.includes(found)) throw new Error(`Maven gave other files than those pinned: ${found}`);
  },

  placeOf: () => TARGET,
};

function pomFor({ name, version }: PackageRequest): string {
  const [groupId = '', artifactId = ''] = name.split(':');
  const coordinates = (group: string, artifact: string, number: string) =>
    `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${number}</version>`;
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    `${coordinates('drydock', 'fetch', '1')}<packaging>pom</packaging>`,
    `<dependencies><dependency>${coordinates(groupId, artifactId, version)}</dependency></dependencies>`,
    '</project>',
    '',
  ].join('\n');
}

/** As `sha256sum *` in the folder, digested once more. */
async function digestOf(folder: string): Promise<string> {
  const list = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    const file = createHash('sha256');
    await pipeline(createReadStream(join(folder, name)), file);
    list.update(`${file.digest('hex')}  ${name}\n`);
  }
  return list.digest('hex');
}
