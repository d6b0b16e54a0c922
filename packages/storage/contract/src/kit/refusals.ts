import { FaultError, invalid } from '../errors/fault-error.js';
import { type AnyShape, shapeFlaw } from '../records/shape.js';

/** A query that cannot be meant, found before anything was sent. */
export function invalidQuery(detail: string): FaultError {
  return invalid('query', 'INVALID_QUERY', detail);
}

/** Refuses a part of a query that holds something else than its shape, such as a condition with a misspelt operator. */
export function checkShape(part: object, shape: AnyShape, path = ''): void {
  const flaw = shapeFlaw(part, shape, path);
  if (flaw !== undefined) throw invalidQuery(flaw);
}

/** What the server has is not what the adapter needs: found in its answer, without an error of the driver's. */
export function refused(kind: 'data' | 'query' | 'not_found', code: string, detail: string): FaultError {
  return new FaultError({ kind, retriable: false, outcome: 'rejected', code, detail });
}

/** A part of the schema is missing, such as `the table or a column`, and the adapter may not create it. */
export function notMigrated(part: string): FaultError {
  return refused('not_found', 'NOT_MIGRATED', `${part} is missing; connect once with migrate set to true`);
}

/** An answer that this service never gives: something else answers there, or changes what the service says. */
export function foreignAnswer(service: string): FaultError {
  return new FaultError({
    kind: 'connection',
    retriable: false,
    outcome: 'unknown',
    code: `NOT_${service.toUpperCase()}`,
    detail: `the answer is not ${service}'s; check the url and what stands in between`,
  });
}
