import type { Attributes } from '@opentelemetry/api';
import type { Operation } from '../errors/operation.js';
import type { CallEnd, CallStart } from './telemetry.js';

/** The operation that a batch applies to each of its items. */
const SINGLE_OPERATIONS: Readonly<Partial<Record<Operation, Operation>>> = {
  storeBatch: 'store',
  retrieveBatch: 'retrieve',
  deleteBatch: 'delete',
};

/** The attributes known before a call, by OpenTelemetry's conventions for databases (1.37). */
export function attributesOf({ target, operation, items }: CallStart): Attributes {
  const single = SINGLE_OPERATIONS[operation] ?? operation;
  // The conventions know no batch of one.
  const isBatch = operation in SINGLE_OPERATIONS && items > 1;
  return defined({
    'db.system.name': target.system,
    'db.operation.name': isBatch ? `BATCH ${single}` : single,
    'db.operation.batch.size': isBatch ? items : undefined,
    'db.namespace': target.namespace,
    'db.collection.name': target.collection,
    'server.address': target.address,
    'server.port': target.address === undefined ? undefined : target.port,
  });
}

/** How a call failed, as the conventions want it on spans and durations; empty where it succeeded. */
export function attributesOfFailure({ error, status }: CallEnd): Attributes {
  return defined({ 'error.type': error?.kind, 'db.response.status_code': status });
}

/** The attributes known after a call; a failure shows its kind and codes, never its text or ids. */
export function attributesOfEnd(end: CallEnd): Attributes {
  const { error, roundTrips, retries } = end;
  return defined({
    ...attributesOfFailure(end),
    'drydock.storage.error.code': error?.code,
    'drydock.storage.error.outcome': error?.outcome,
    'drydock.storage.round_trips': roundTrips,
    'drydock.storage.retries': retries,
  });
}

/** A span's name: the operation, and what it applies to. */
export function nameOf({ target }: CallStart, attributes: Attributes): string {
  const { collection, namespace, address, port, system } = target;
  const server = address && (port === undefined ? address : `${address}:${port}`);
  return `${attributes['db.operation.name']} ${collection ?? namespace ?? server ?? system}`;
}

function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
