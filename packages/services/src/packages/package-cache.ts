import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageRequest } from '@drydock/storage/service';
import { newFolderName, sweepFolders } from '../reaper/folders.js';
import { Reaper } from '../reaper/reaper.js';
import { contentDigest, contentStamp } from './content-digest.js';
import type { Fetcher } from './fetcher.js';
import { go } from './go.js';
import { maven } from './maven.js';
import { npm } from './npm.js';
import { pypi } from './pypi.js';

const FETCHERS: Readonly<Record<PackageRequest['registry'], Fetcher>> = {
  npm,
  pypi,
  maven,
  go,
};

/** Written last, so that a folder that has it is complete. It holds the digest of what was fetched. */
const RECEIPT = 'drydock-package.json';

/** Where and how long to fetch. */
export interface FetchOptions {
  readonly cacheDir: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called before anything is fetched, with one line. */
  readonly onFetch?: (text: string) => void;
  /** The registries' clients; replaced in tests. */
  readonly fetchers?: Readonly<Partial<Record<PackageRequest['registry'], Fetcher>>>;
}

const underWay = new Map<string, Promise<string>>();
/** What each folder looked like when its digest was last right. */
const verified = new Map<string, string>();

/**
 * Folder of a package in the cache, fetched first by its registry's own client if it is not there yet.
 *
 * A package appears under its final name complete or not at all; of two processes that fetch the same one, one wins
 * and both use it. What is there is compared with what was fetched each time; a package that was changed is fetched anew.
 */
export async function fetchPackage(request: PackageRequest, options: FetchOptions): Promise<string> {
  const fetcher = options.fetchers?.[request.registry] ?? FETCHERS[request.registry];
  const home = join(options.cacheDir, request.registry, cacheName(request, fetcher));
  const content = join(home, fetcher.placeOf(request));
  if (await isAsFetched(home)) return content;
  const fetching = underWay.get(home) ?? fetchInto(home, request, fetcher, options);
  underWay.set(home, fetching);
  try {
    await fetching;
  } finally {
    underWay.delete(home);
  }
  return content;
}

async function isAsFetched(home: string): Promise<boolean> {
  const receipt = await readFile(join(home, RECEIPT), 'utf8').catch(() => undefined);
  if (receipt === undefined) return false;
  const stamp = await contentStamp(home, RECEIPT);
  if (verified.get(home) === stamp) return true;
  const { digest } = JSON.parse(receipt) as { digest?: string };
  // What was fetched before digests were kept has none.
  if (digest !== undefined && digest !== (await contentDigest(home, RECEIPT))) return false;
  verified.set(home, stamp);
  return true;
}

function cacheName({ name, version }: PackageRequest, fetcher: Fetcher): string {
  const plain = `${name.replaceAll(/[/:]/g, '+')}@${version}`;
  return fetcher.perPlatform ? `${plain}-${process.platform}-${process.arch}` : plain;
}

async function fetchInto(home: string, request: PackageRequest, fetcher: Fetcher, options: FetchOptions) {
  const title = `${request.name} ${request.version}`;
  options.signal?.throwIfAborted();
  const why = existsSync(home) ? ', because its copy in the cache was changed' : '';
  options.onFetch?.(`fetching ${title} from ${fetcher.registry}${why}`);
  await mkdir(dirname(home), { recursive: true });
  await sweepFolders(options.cacheDir, 'partial');
  const reaper = await Reaper.start(join(options.cacheDir, newFolderName('partial')));
  const abort = () => void reaper.stop();
  options.signal?.addEventListener('abort', abort);
  try {
    options.signal?.throwIfAborted();
    const folder = join(reaper.folder, 'package');
    await mkdir(folder);
    await runClient(reaper, folder, request, fetcher, options.timeoutMs);
    const digest = await contentDigest(folder, RECEIPT);
    await writeFile(join(folder, RECEIPT), JSON.stringify({ ...request, digest }));
    // Out of the way only now, so that a fetch that fails changes nothing; removed with the folder of this fetch.
    if (existsSync(home) && !(await isAsFetched(home))) await rename(home, join(reaper.folder, 'changed'));
    await moveInto(folder, home);
    return home;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await reaper.stop();
  }
}

async function runClient(
  reaper: Reaper,
  folder: string,
  request: PackageRequest,
  fetcher: Fetcher,
  timeoutMs: number,
): Promise<void> {
  const command = await fetcher.prepare(request, folder);
  if (command === undefined) throw new Error(`${fetcher.client} is not installed`);
  const env = { ...clientEnvironment(), ...command.env };
  await reaper.run({ ...command, cwd: folder, env, stopSignal: 'SIGTERM' }, timeoutMs);
  const content = join(folder, fetcher.placeOf(request));
  if (!existsSync(content)) {
    throw new Error(`${fetcher.registry} gave a package without the expected content`);
  }
  await fetcher.verify?.(request, content);
}

/** The user's client needs the user's configuration, but not that of a script which npm happens to be running. */
function clientEnvironment(): Record<string, string> {
  const ofAScript =
    /^npm_(config_(workspace|include_workspace|global|prefix|omit|dry_run)|lifecycle|package)/i;
  const entries = Object.entries(process.env).filter(([name]) => !ofAScript.test(name));
  return {
    ...(Object.fromEntries(entries) as Record<string, string>),
    NODE_OPTIONS: '',
    PIP_REQUIRE_VIRTUALENV: '0',
  };
}

async function moveInto(folder: string, home: string): Promise<void> {
  try {
    await rename(folder, home);
  } catch (error) {
    // Another process was faster; what it put there went through the same checks.
    if (!(await isAsFetched(home))) throw error;
  }
}
