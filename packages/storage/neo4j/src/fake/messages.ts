import { frame } from './framing.js';
import { type PackValue, packStructure } from './packstream.js';

/** An error in the server's words. */
export interface WireError {
  /** Such as `Neo.TransientError.Transaction.DeadlockDetected`. */
  readonly code: string;
  readonly message: string;
  /** Whether the server declares that the statement may be sent again, as newer ones do; default false. */
  readonly idempotent?: boolean;
}

/** An error that a test plants, or bytes as another program on the port would send them. */
export type PlantedReply = WireError | Buffer;

const TAGS = { success: 0x70, record: 0x71, ignored: 0x7e, failure: 0x7f } as const;

/** Answers a request that was served. */
export function success(metadata: { readonly [key: string]: PackValue }): Buffer {
  return message(TAGS.success, metadata);
}

/** One row of a result. */
export function record(row: readonly PackValue[]): Buffer {
  return message(TAGS.record, row);
}

/** Answers a request that was skipped, because one before it failed. */
export function ignored(): Buffer {
  return message(TAGS.ignored);
}

/** Answers a request that failed. */
export function failure({ code, message: text, idempotent = false }: WireError): Buffer {
  return message(TAGS.failure, {
    neo4j_code: code,
    message: text,
    gql_status: '50N42',
    description: 'error: general processing exception',
    diagnostic_record: { _idempotent: idempotent },
  });
}

function message(tag: number, ...fields: PackValue[]): Buffer {
  return frame(packStructure({ tag, fields }));
}
