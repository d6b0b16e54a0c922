import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Address, StepRunner } from './step.js';
import { coded, codeOf, within } from './within.js';

const NAMES = { 4: 'IPv4', 6: 'IPv6' } as const;

/** Looks the addresses of both families up through the system, as drivers do; one family is enough. */
export const resolveName: StepRunner = async ({ host, socket }, progress, stepMs) => {
  // Its proxy resolves the name; a socket has none.
  if (progress.proxy || socket !== undefined) return undefined;
  const family = isIP(host);
  if (family !== 0) {
    progress.addresses = [{ address: host, family }];
    return undefined;
  }
  const answers = await Promise.all(([4, 6] as const).map((each) => ask(host, each, stepMs)));
  progress.addresses = answers.flatMap(({ addresses }) => addresses);
  const details = answers.map(({ family: each, addresses, code }) =>
    addresses.length > 0 ? addresses.map(({ address }) => address).join(', ') : `no ${NAMES[each]} (${code})`,
  );
  if (progress.addresses.length === 0) {
    const [first] = answers;
    throw coded(first?.code ?? 'ENOTFOUND', `${host} does not resolve: ${details.join(', ')}`);
  }
  return { evidence: `${host}: ${details.join('; ')}` };
};

async function ask(host: string, family: 4 | 6, stepMs: number) {
  try {
    const found = await within(stepMs, lookup(host, { family, all: true }));
    const addresses: Address[] = found.map(({ address }) => ({ address, family }));
    return { family, addresses };
  } catch (error) {
    return { family, addresses: [], code: codeOf(error) };
  }
}
