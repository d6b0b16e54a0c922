import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquire, discoverServices, type Service, ServiceError } from '@drydock/services';

const BACKENDS = ['redis', 'postgres', 'neo4j', 'typesense'];

/** Real servers and small disks for the faults, and how to close them. */
export interface FaultServers {
  /** Variables for the faults, all beginning with `FAULTS_`. */
  readonly env: Readonly<Record<string, string>>;
  /** What could not be had here, and why. */
  readonly absent: readonly string[];
  /** `redis 7.0.15`. */
  readonly servers: readonly string[];
  close(): Promise<void>;
}

/** Starts each backend's own server, none that is configured, and mounts two small disks where that is allowed. */
export async function openFaultServers(root: string): Promise<FaultServers> {
  const env: Record<string, string> = {};
  const absent: string[] = [];
  const running: Service[] = [];
  const records = discoverServices(root).filter(({ backend }) => BACKENDS.includes(backend));
  await Promise.all(
    records.map(async (record) => {
      try {
        const service = await acquire(await record.load(), {
          env: {},
          ways: ['local binary', 'embedded package'],
        });
        running.push(service);
        for (const [name, value] of Object.entries(service.variables)) env[`FAULTS_${name}`] = value;
        env[`FAULTS_${record.backend.toUpperCase()}_VERSION`] = service.version;
      } catch (error) {
        if (!ServiceError.isInstance(error)) throw error;
        absent.push(`${record.backend}: ${error.reason}`);
      }
    }),
  );
  const disks = [mountDisk(undefined), mountDisk('postgres')];
  const [own, ofPostgres] = disks;
  if (own) env.FAULTS_SMALL_DISK = own;
  if (ofPostgres) env.FAULTS_POSTGRES_DISK = ofPostgres;
  if (!own || !ofPostgres) absent.push('a small disk: this user may not mount one');
  return {
    env,
    absent,
    servers: running.map(({ backend, version }) => `${backend} ${version}`).sort(),
    async close() {
      await Promise.all(running.map((service) => service.stop()));
      for (const disk of disks) if (disk) unmount(disk);
    },
  };
}

/** A disk of 1 MB in memory, full but for a server's first files. */
function mountDisk(owner: string | undefined): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'drydock-faults-'));
  try {
    const uid = owner === undefined ? '0' : execFileSync('id', ['-u', owner], { encoding: 'utf8' }).trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=1m,mode=0700,uid=${uid}`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
}
