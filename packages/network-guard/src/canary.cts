import dgram from 'node:dgram';
import dns from 'node:dns';
import type { Core, Probe } from './core.cjs';
import { type Native, native } from './patches/natives.cjs';
import { handlePrototype } from './patches/prototypes.cjs';
import type { CanaryResult } from './types.cjs';

// RFC 5737 and RFC 6761 reserve these: nobody can answer, should a probe get through.
const ADDRESS = '192.0.2.1';
const NAME = 'canary.invalid';
const PORT = 9;

/** Makes calls that must be refused before any packet leaves, and looks whether every patch is in place. */
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
 * The probes. They keep Node's functions and handles as they are when the guard is installed, before a test can stub
 * them, because a probe has to reach the guard and not the stub.
 */
export function canaryProbes(): Probe[] {
  const { Resolver } = dns;
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
    { label: 'dns lookup', dial: lookUp() },
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

// On the handle itself: a socket connects in a later turn, and the canary needs its answer at once.
function withTcp(dial: (handle: Native) => void): () => void {
  const Tcp = handlePrototype('TCP').constructor;
  return () => {
    const handle: Native = new Tcp(0);
    try {
      dial(handle);
    } finally {
      handle.close();
    }
  };
}

// Not through `dns.lookup`, which first tries to read the name as an IPv6 address: that costs more than all other probes.
function lookUp(): () => void {
  const cares = native('cares_wrap');
  const { lookup } = dns;
  if (!cares) return () => lookup(NAME, () => {});
  const { GetAddrInfoReqWrap } = cares;
  return () => {
    const request = new GetAddrInfoReqWrap();
    request.callback = () => {};
    request.hostname = NAME;
  };
}
