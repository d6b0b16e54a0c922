import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrashableServer, type RigOptions } from '@drydock/services/faults';
import type { TlsFaults } from '@drydock/storage/faults';
import type { ServiceCommand, ServiceContext } from '@drydock/storage/service';
import type { Found, GraphRecord } from '../record.js';
import type { Neo4jQuery } from '../search/query.js';
import { service } from '../service.js';
import { conformance, settingsOf } from './conformance.fixture.js';

/** How servers are started; a committed transaction is on the disk without further settings. */
export const servers: RigOptions = { durable: quickStart };

/** A server that accepts TLS connections only. */
export const tls: TlsFaults<GraphRecord, Neo4jQuery, Found> = {
  startServer: (password, { cert, key }) =>
    CrashableServer.start(service, {
      password,
      async adjust(command, context) {
        const folder = join(context.dataDir, 'certificates', 'bolt');
        await mkdir(join(folder, 'trusted'), { recursive: true });
        await mkdir(join(folder, 'revoked'), { recursive: true });
        await writeFile(join(folder, 'public.crt'), cert);
        await writeFile(join(folder, 'private.key'), key, { mode: 0o600 });
        return withSettings(quickStart(command), context, [
          'server.bolt.tls_level=REQUIRED',
          'dbms.ssl.policy.bolt.enabled=true',
          `dbms.ssl.policy.bolt.base_directory=${folder}`,
          'dbms.ssl.policy.bolt.client_auth=NONE',
        ]);
      },
      // A probe over TLS would fail: the certificate is made to be refused.
      ready: 'listening',
    }),
  target: (variables, ca) =>
    conformance('neo4j, TLS', { ...settingsOf(variables), trustedCertificates: [fileOf(ca)] }),
};

const files: string[] = [];

/** A file with a certificate: the driver reads certificates only from files. */
function fileOf(certificate: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-ca-'));
  files.push(folder);
  const file = join(folder, 'ca.crt');
  writeFileSync(file, certificate);
  return file;
}

/** Removes the files of certificates. */
export function removeCertificates(): void {
  for (const folder of files.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The command with less optimizing by the JVM, for servers that are started often and used briefly. */
function quickStart(command: ServiceCommand): ServiceCommand {
  return { ...command, args: ['-XX:TieredStopAtLevel=1', ...command.args] };
}

async function withSettings(
  command: ServiceCommand,
  { dataDir }: ServiceContext,
  settings: readonly string[],
): Promise<ServiceCommand> {
  await appendFile(join(dataDir, 'conf', 'neo4j.conf'), `${settings.join('\n')}\n`);
  return command;
}
