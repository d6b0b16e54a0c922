import { once } from 'node:events';
import { connect } from 'node:net';
import { dial, open } from './open.js';
import type { Address, StepRunner } from './step.js';
import { coded, codeOf, within } from './within.js';

/** Connects to the first address of each family at once, or to the proxy; one that answers is enough. */
export const connectTcp: StepRunner = async (target, progress, stepMs) => {
  if (progress.proxy) {
    (await open(target, progress, stepMs)).destroy();
    return { evidence: `connected through ${progress.proxy.host}` };
  }
  if (target.socket !== undefined) {
    await connectSocket(target.socket, stepMs);
    return { evidence: 'the Unix socket connected' };
  }
  const tries = await Promise.all(
    firstOfEachFamily(progress.addresses).map((one) => attempt(one, target.port, stepMs)),
  );
  const failed = tries.filter((one) => one.code !== undefined);
  const details = failed.map(({ address, code }) => `${address.address} ${code}`).join(', ');
  const [first] = tries.filter((one) => one.code === undefined).sort((a, b) => a.ms - b.ms);
  if (first === undefined) throw coded(failed[0]?.code ?? 'unknown', `no connection: ${details}`);
  // The steps that follow, and drivers that try one address after the other, go the way that works.
  progress.addresses = [first.address];
  return { evidence: `${first.address.address} connected${details && `; ${details}`}` };
};

async function connectSocket(path: string, stepMs: number): Promise<void> {
  const socket = connect({ path });
  try {
    await within(stepMs, once(socket, 'connect'));
  } catch (error) {
    throw coded(codeOf(error), `no connection: ${path} ${codeOf(error)}`);
  } finally {
    socket.destroy();
  }
}

function firstOfEachFamily(addresses: readonly Address[]): Address[] {
  return [4, 6].flatMap((family) => addresses.find((one) => one.family === family) ?? []);
}

async function attempt(address: Address, port: number, stepMs: number) {
  const began = performance.now();
  try {
    (await dial(address, port, stepMs)).destroy();
    return { address, ms: performance.now() - began };
  } catch (error) {
    return { address, ms: performance.now() - began, code: codeOf(error) };
  }
}
