import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrashableServer, onSmallDisk, type RigOptions, smallDiskMissing } from '@drydock/services/faults';
import type { ServerFault, TlsFaults } from '@drydock/storage/faults';
import type { TypesenseItem, TypesenseQuery } from '../search/query.js';
import { service } from '../service.js';
import { conformance, type SampleRecord, settingsOf } from './conformance.fixture.js';

const FULL_DISK = 'a full disk';

/** How servers are started: without further settings, which an acknowledged write needs none of to be in the log. */
export const servers: RigOptions = {
  faults: {
    // The server checks its disk every few seconds, and what it accepts until then needs room.
    async [FULL_DISK](command, { dataDir }) {
      const folder = join(dataDir, 'small');
      await mkdir(folder);
      const args = [...command.args, `--data-dir=${folder}`, '--disk-used-max-percentage=3'];
      return onSmallDisk({ ...command, args }, folder, 2_048);
    },
  },
};

/** States of a server in which it refuses some calls. */
export const serverFaults: readonly ServerFault[] = [
  {
    name: FULL_DISK,
    ownServer: true,
    comesWithWriting: true,
    unavailable: smallDiskMissing,
    writes: { kind: 'query', retriable: false, outcome: 'rejected' },
    deletes: 'served',
  },
];

/** A server that accepts TLS connections only. */
export const tls: TlsFaults<SampleRecord, TypesenseQuery, TypesenseItem<SampleRecord>> = {
  startServer: (password, { cert, key }) =>
    CrashableServer.start(service, {
      password,
      async adjust(command, { dataDir }) {
        const [certFile, keyFile] = [join(dataDir, 'server.crt'), join(dataDir, 'server.key')];
        await writeFile(certFile, cert);
        await writeFile(keyFile, key, { mode: 0o600 });
        const settings = [`--ssl-certificate=${certFile}`, `--ssl-certificate-key=${keyFile}`];
        return { ...command, args: [...command.args, ...settings] };
      },
      variables: ({ TYPESENSE_URL: url = '', ...others }) => ({
        ...others,
        TYPESENSE_URL: url.replace('http:', 'https:'),
      }),
      // A probe over TLS would fail: the certificate is made to be refused.
      ready: 'listening',
    }),
  target: (variables, ca) => conformance('typesense, TLS', { ...settingsOf(variables), tls: { ca } }),
};
