import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.js';

/** The keys of a server; without a full key every request is allowed. */
export interface Keys {
  readonly full: string | undefined;
  readonly readOnly: string | undefined;
}

/** Refuses a request whose key does not allow it. */
export function refuseWithout(keys: Keys, headers: IncomingHttpHeaders, writes: boolean): void {
  if (keys.full === undefined) return;
  const key = headers['api-key'] ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (key === undefined) {
    throw new Refusal(401, 'Must provide an API key or an Authorization bearer token', true);
  }
  if (key === keys.full) return;
  if (keys.readOnly === undefined || key !== keys.readOnly) {
    throw new Refusal(401, 'Invalid API key or JWT', true);
  }
  if (writes) throw new Refusal(403, 'Forbidden: Global manage access is required');
}
