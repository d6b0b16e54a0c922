import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where CI keeps what it fetches. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'drydock');
const FOLDER = join(CACHE, 'verdaccio');
const VERDACCIO = join(FOLDER, 'node_modules/verdaccio/bin/verdaccio');
/** `overrides`: a dependency asks for a tag of node-fetch that not every mirror carries. */
const MANIFEST = {
  private: true,
  dependencies: { verdaccio: '6.10.4' },
  overrides: { 'node-fetch': '2.7.0' },
};
const STARTS_WITHIN_MS = 60_000;

/** A registry on this machine that holds the packages of this repository and nothing else. */
export interface LocalRegistry {
  readonly url: string;
  /** Settings for npm and its like: our scope from here, everything else from where the user has it. */
  readonly npmrc: string;
  stop(): void;
}

/** The program of a major version of Node; those that CI fetches beside the one that runs this. */
export function nodeProgram(major: number): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const platform = `node-${process.platform}-${process.arch}`;
  const program = join(CACHE, `node/${major}/node_modules/${platform}/bin/node`);
  if (existsSync(program)) return program;
  throw new Error(
    `Node ${major} is not here: npm install --prefix ${join(CACHE, `node/${major}`)} --no-save ${platform}@${major}`,
  );
}

/** Starts Verdaccio, fetched by npm if need be; it needs Node 22 or newer. */
export async function startRegistry(work: string): Promise<LocalRegistry> {
  if (!existsSync(VERDACCIO)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(MANIFEST));
    execFileSync('npm', ['install', '--ignore-scripts', '--silent'], { cwd: FOLDER, timeout: 300_000 });
  }
  const config = join(work, 'verdaccio.yaml');
  writeFileSync(
    config,
    [
      `storage: ${join(work, 'storage')}`,
      'max_body_size: 50mb',
      'web: { enable: false }',
      'log: { type: stdout, level: warn }',
      "packages: { '**': { access: $all, publish: $all } }",
    ].join('\n'),
  );
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(nodeProgram(24), [VERDACCIO, '--config', config, '--listen', url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => void server.kill();
  process.once('exit', stop);
  await answers(`${url}/-/ping`);
  const own = join(homedir(), '.npmrc');
  const npmrc = [
    existsSync(own) ? readFileSync(own, 'utf8') : '',
    `@drydock:registry=${url}/`,
    // npm publishes nothing without a token, though this registry asks for none.
    `${url.replace('http:', '')}/:_authToken=none`,
    '',
  ].join('\n');
  return { url, npmrc, stop };
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`The registry does not answer at ${url}`);
    await sleep(200);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
