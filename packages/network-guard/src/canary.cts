import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import type { Core } from './core.cjs';
import type { Probe } from './probe.cjs';
import type { CanaryResult } from './types.cjs';
import type { Native } from './walls/natives.cjs';

// RFC 5737 and RFC 6761 reserve these: nobody can answer, should a probe get through.
const ADDRESS = '192.0.2.1';
const NAME = 'canary.invalid';
const PORT = 9;

/** Calls what must be refused, and looks at every patch; all before any packet could leave. */
export function dialCanary(core: Core): CanaryResult {
  const through = core.context.runWithPolicyOnly({ scope: 'none' }, () =>
    core.probes.filter((probe) => !isRefused(core, probe)).map(({ label }) => label),
  );
  const missing = [...through, ...core.patches.missing()];
  return { active: missing.length === 0, missing };
}

function isRefused(core: Core, probe: Probe): boolean {
  const outer = core.probed;
  core.probed = [];
  try {
    probe.dial();
    return core.probed.length > 0;
  } catch {
    return core.probed.length > 0;
  } finally {
    core.probed = outer;
  }
}

/**
 * The probes, on Node's public functions as they are now: taken when the guard is installed, before a test can stub
 * them, because what is tested is what stands below.
 */
export function canaryProbes(): Probe[] {
  const { lookup, Resolver } = dns;
  const { send } = dgram.Socket.prototype;
  const { createSocket } = dgram;
  return [
    { label: 'tcp connect', dial: withTcp((handle) => handle.connect({}, ADDRESS, PORT)) },
    { label: 'tcp listen', dial: withTcp((handle) => handle.bind('127.0.0.1', 0)) },
    {
      label: 'udp send',
      dial: () => {
        const socket = createSocket('udp4').on('error', () => {});
        Reflect.apply(send, socket, ['canary', PORT, ADDRESS, () => {}]);
        socket.close();
      },
    },
    { label: 'dns lookup', dial: () => lookup(NAME, () => {}) },
    {
      label: 'dns resolve',
      dial: () => {
        const resolver = new Resolver({ timeout: 1, tries: 1 });
        resolver.resolve4(NAME, () => {});
        resolver.cancel();
      },
    },
  ];
}

function withTcp(dial: (handle: Native) => void): () => void {
  const { Socket } = net;
  const { connect, destroy } = Socket.prototype;
  return () => {
    const socket: Native = new Socket();
    socket.on('error', () => {});
    Reflect.apply(connect, socket, [{ host: NAME, port: PORT, lookup: () => {} }]);
    try {
      dial(new socket._handle.constructor(0));
    } finally {
      Reflect.apply(destroy, socket, []);
    }
  };
}
