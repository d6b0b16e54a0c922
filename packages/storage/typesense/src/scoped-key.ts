import http from 'node:http';
import { FaultError } from '@drydock/storage';
import { OptionCheck } from '@drydock/storage/backend-kit';
import { createClient } from './connection.js';
import { compileUntyped, type TypesenseFilter } from './search/filter.js';

const check = new OptionCheck('typesense');

/** What a scoped key may find. */
export interface ScopedKeyOptions {
  /** A key whose only action is `documents:search`; the server takes no other as a parent. */
  readonly searchKey: string;
  /** What every search with the key is limited to, such as `{ owner: 'team-1' }`, or an expression such as `owner:=team-1`. */
  readonly filter: TypesenseFilter;
  /** When the key ends, in milliseconds since 1970; default: with its parent. */
  readonly expiresAt?: number;
  /** Further parameters that nobody with the key can change, such as `{ limit_hits: 100 }`. */
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

/** Makes a key for a browser or a tenant without asking the server. */
export function createScopedKey({ searchKey, filter, expiresAt, params }: ScopedKeyOptions): string {
  if (typeof searchKey !== 'string' || searchKey === '') throw check.error('searchKey', 'must not be empty');
  const filterBy = compileScope(filter);
  const client = createClient(
    { url: 'http://localhost', https: false, apiKey: searchKey, agent: {} },
    new http.Agent(),
  );
  return client.keys().generateScopedSearchKey(searchKey, {
    ...params,
    filter_by: filterBy,
    ...(expiresAt !== undefined && { expires_at: Math.floor(expiresAt / 1_000) }),
  });
}

function compileScope(filter: TypesenseFilter): string {
  try {
    const compiled = compileUntyped(filter);
    if (compiled !== '') return compiled;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw check.error('filter', `cannot be meant: ${error.fault.detail}`);
  }
  throw check.error('filter', 'must not be empty; the key would find everything');
}
