import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { DENIED } from './conclude.js';
import { readHints } from './hints.js';
import type { Observations, ProbeResult } from './report.js';

const PROBE_TIMEOUT_MS = 1_000;
const PRINT_TIMEOUT_MS = 5_000;
/** Addresses set apart for documentation: nothing lives there, and no packet is sent to them either. */
const PUBLIC = { ipv4: '192.0.2.1', ipv6: '2001:db8::1' } as const;
/** A port on which nothing listens by convention (discard); whatever answers or refuses, the call itself worked. */
const QUIET_PORT = 9;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
const MIRROR_VARIABLES = [
  'npm_config_registry',
  'NPM_CONFIG_REGISTRY',
  'PIP_INDEX_URL',
  'UV_INDEX_URL',
  'GOPROXY',
];
/^(?:https:\/\/(?:registry\.npmjs\.org|pypi\.org|proxy\.golang\.org)\b|direct$|off$)/u;

/** Tries loopback, listening and routes, and reads files and variables of the system; sends nothing out. */
export async function observe(env: NodeJS.ProcessEnv = process.env): Promise<Observations> {
  const [loopback, listen, ipv4, ipv6] = await Promise.all([
    probeLoopback(),
    probeListening(),
    probeRoute('udp4', PUBLIC.ipv4),
    probeRoute('udp6', PUBLIC.ipv6),
  ]);
  const losesOutput = DENIED.has(loopback) ? losesWhatItPrints(env) : undefined;
  const seccomp = readNumber('/proc/self/status', /^Seccomp:\s*(\d)/mu);
  const interfaces = readInterfaces();
  const nameservers = countNameservers();
  const proxies = PROXY_VARIABLES.filter((name) => env[name]);
  return {
    at: new Date().toISOString(),
    loopback,
    listen,
    routes: { ipv4, ipv6 },
    ...(losesOutput !== undefined && { losesOutput }),
    ...(seccomp !== undefined && { seccomp }),
    ...(interfaces && { interfaces }),
    ...(nameservers !== undefined && { nameservers }),
    proxies,
    localProxy: proxies.some((name) => isLocal(env[name] ?? '')),
    nodeUsesProxies: usesProxies(env),
    mirrors: readMirrors(env),
    hints: readHints(env),
  };
}

/** Whether this Node's own fetch goes through the proxy variables: since 22.21 and 24.5, when a variable or a flag says so. */
export function usesProxies(env: NodeJS.ProcessEnv, version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const knows = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
  return knows && (env.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy\b/u.test(env.NODE_OPTIONS ?? ''));
}

function probeLoopback(): Promise<ProbeResult> {
  return settle<Socket>(
    () => connect({ host: '127.0.0.1', port: QUIET_PORT }),
    'connect',
    (socket) => socket.destroy(),
  ).then((result) => (result === 'ECONNREFUSED' ? 'ok' : result));
}

function probeListening(): Promise<ProbeResult> {
  return settle<Server>(
    () => createServer().listen(0, '127.0.0.1'),
    'listening',
    (server) => server.close(),
  );
}

/** Connecting a UDP socket asks the kernel for a route and sends nothing. */
function probeRoute(type: 'udp4' | 'udp6', address: string): Promise<ProbeResult> {
  return settle(
    () => {
      const socket = createSocket(type);
      // Not before the caller listens: a refusal may be reported at once.
      setImmediate(() => {
        try {
          socket.connect(QUIET_PORT, address);
        } catch (error) {
          socket.emit('error', error);
        }
      });
      return socket;
    },
    'connect',
    (socket) => socket.close(),
  );
}

/** Where `getsockname` is denied, Node does not recognize a pipe and throws away what goes there. */
function losesWhatItPrints(env: NodeJS.ProcessEnv): boolean {
  const { NODE_OPTIONS: _, ...plain } = env;
  const { status, stdout } = spawnSync(process.execPath, ['-p', '1'], {
    env: plain,
    encoding: 'utf8',
    timeout: PRINT_TIMEOUT_MS,
  });
  return status === 0 && stdout === '';
}

interface Emitter {
  once(event: string, listener: (error: NodeJS.ErrnoException) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
}

function settle<T extends Emitter>(
  open: () => T,
  success: string,
  close: (it: T) => void,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish('ETIMEDOUT'), PROBE_TIMEOUT_MS);
    let it: T | undefined;
    const finish = (result: ProbeResult) => {
      clearTimeout(timer);
      resolve(result);
      try {
        if (it) close(it);
      } catch {
        // It was never open.
      }
    };
    try {
      it = open();
      it.once(success, () => finish('ok'));
      it.once('error', ({ code }) => finish(code ?? 'unknown'));
      it.on('error', () => {});
    } catch (error) {
      finish((error as NodeJS.ErrnoException).code ?? 'unknown');
    }
  });
}

function readInterfaces(): string[] | undefined {
  const lines = readText('/proc/net/dev')?.trim().split('\n').slice(2);
  if (lines) return lines.map((line) => line.split(':')[0]?.trim() ?? '').filter((name) => name !== 'lo');
  try {
    const found = Object.entries(networkInterfaces());
    return found
      .filter(([, addresses]) => addresses?.some(({ internal }) => !internal))
      .map(([name]) => name);
  } catch {
    return undefined;
  }
}

function countNameservers(): number | undefined {
  return (
    readText('/etc/resolv.conf')?.match(/^\s*nameserver\s+\S/gmu)?.length ?? (hasResolvConf() ? 0 : undefined)
  );
}

function hasResolvConf(): boolean {
  return readText('/etc/resolv.conf') !== undefined;
}

function readMirrors(env: NodeJS.ProcessEnv): string[] {
  const variables = MIRROR_VARIABLES.filter((name) => env[name]);
  return /^registry\s*=/mu.test(readText(join(homedir(), '.npmrc')) ?? '')
    ? [...variables, '~/.npmrc']
    : variables;
}

function isLocal(proxy: string): boolean {
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  return URL.canParse(address) && /^(?:localhost|127\.[\d.]+|\[::1\])$/u.test(new URL(address).hostname);
}

function readNumber(path: string, pattern: RegExp): number | undefined {
  const text = pattern.exec(readText(path) ?? '')?.[1];
  return text === undefined ? undefined : Number(text);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
