import { getProxyForUrl } from 'proxy-from-env';
import { usesProxies } from '../../sandbox/observe.js';
import { endpointOf } from '../target.js';
import type { StepRunner } from './step.js';

/** Reads the proxy variables that apply to this endpoint; warns of a proxy that Node does not use. */
export const readProxy: StepRunner = async (target, progress) => {
  if (!target.http) return undefined;
  const address = getProxyForUrl(`${target.tls ? 'https' : 'http'}://${endpointOf(target)}`);
  if (address === '' || !URL.canParse(address)) return undefined;
  const proxy = new URL(address);
  if (usesProxies(process.env)) {
    progress.proxy = proxy;
    return { evidence: `through the proxy ${proxy.host}` };
  }
  return {
    warning: true,
    code: 'PROXY_UNUSED',
    evidence: `the environment names the proxy ${proxy.host}, which Node does not use: NODE_USE_ENV_PROXY=1 is not in effect`,
  };
};
