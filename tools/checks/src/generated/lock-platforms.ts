import type { Check } from '../check.js';
import type { LockedPackage, LockFile } from './lock-file.js';
import { addIntegrity, withoutIntegrity } from './locked-integrity.js';

const FILE = 'package-lock.json';
const OPERATING_SYSTEMS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(
  ' ',
);
const PROCESSORS = 'arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' ');

/**
 * The lock file names the native packages of every platform, or `npm ci` fails on all of them, and the checksum of every
 * package, or npm installs whatever comes.
 */
export const lockPlatforms: Check = {
  name: 'lock-platforms',
  generate: ({ read }) => {
    const lock = addIntegrity(completeLock(JSON.parse(read(FILE)) as LockFile));
    return { [FILE]: `${JSON.stringify(lock, null, 2)}\n` };
  },
  run: ({ files, read }) => {
    if (!files.includes(FILE)) return [];
    const lock = JSON.parse(read(FILE)) as LockFile;
    return [
      ...missingPackages(lock).map(
        ({ name }) => `lacks ${name}; add what is missing with \`npm run generate\``,
      ),
      ...withoutIntegrity(lock).map(
        (path) => `${path} has no integrity; \`npm run generate\` asks npm for it`,
      ),
    ].map((what) => ({ where: FILE, what }));
  },
};

/**
 * Adds what is missing, as npm would have written it from a registry that carries every platform. npm leaves out
 * what a mirror does not have, and then refuses its own lock file.
 */
export function completeLock({ packages, ...lock }: LockFile): LockFile {
  const added = missingPackages({ packages }).map(({ name, version }) => [
    `node_modules/${name}`,
    { version, ...platformOf(name), optional: true },
  ]);
  const all = { ...packages, ...(Object.fromEntries(added) as Record<string, LockedPackage>) };
  return { ...lock, packages: Object.fromEntries(Object.entries(all).sort(byPath)) };
}

function missingPackages({ packages }: LockFile): { name: string; version: string }[] {
  const missing = new Map<string, string>();
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const isForOnePlatform = platformOf(name).os.length > 0;
      if (isForOnePlatform && !places(path, name).some((place) => place in packages))
        missing.set(name, version);
    }
  }
  return [...missing].map(([name, version]) => ({ name, version }));
}

/** Where Node would look for a dependency of the package at `path`. */
function places(path: string, name: string): string[] {
  const steps = path.split('/node_modules/');
  const nested = steps.map(
    (_, index) => `${steps.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`,
  );
  return [...nested, `node_modules/${name}`];
}

function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const words = name.split(/[/-]/);
  const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {};
  return {
    cpu: words.filter((word) => PROCESSORS.includes(word)),
    ...libc,
    os: words.filter((word) => OPERATING_SYSTEMS.includes(word)),
  };
}

/** As npm sorts them. */
function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.localeCompare(b, 'en');
}
