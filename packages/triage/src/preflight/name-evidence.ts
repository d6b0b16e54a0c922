import { isIP } from 'node:net';
import type { NameEvidence } from '../sandbox/conclude.js';
import type { EndpointReport } from './finding.js';

const ENDS_LOCALLY = /(?:^|\.)(?:localhost|local|internal|lan|home|corp|test|invalid)$/u;

/** What the lookups of a preflight say of the place: public names only, since a private one may be misspelt. */
export function nameEvidence(endpoints: readonly EndpointReport[]): NameEvidence {
  const lookups = endpoints
    .filter(({ endpoint }) => isPublicName(endpoint.replace(/:\d+$/u, '')))
    .flatMap(({ findings }) => findings.filter(({ step }) => step === 'dns'));
  return {
    asked: lookups.length,
    codes: lookups.flatMap(({ ok, code }) => (ok ? [] : [code ?? 'unknown'])),
  };
}

function isPublicName(host: string): boolean {
  return host.includes('.') && !host.startsWith('[') && isIP(host) === 0 && !ENDS_LOCALLY.test(host);
}
