import type { Attempt } from './service.js';

/** Kind of problem, which decides who has to act. */
export type ServiceErrorKind =
  /** A variable is set, and its server does not answer. */
  | 'configured-unreachable'
  /** A variable is set and cannot be read as an address. */
  | 'configured-invalid'
  /** Nobody configured the service and it cannot be started here. */
  | 'unavailable'
  /** A package does not hold what its `drydock` field promises. */
  | 'definition'
  /** The caller's signal ended the search. */
  | 'aborted';

/** Facts of a {@link ServiceError} beside its message. */
export interface ServiceErrorDetails {
  readonly kind: ServiceErrorKind;
  readonly backend: string;
  /** The problem and its place, without any secret. */
  readonly message: string;
  /** Each way's reason, for a column of a summary (default the message). */
  readonly reason?: string | undefined;
  /** The next step, one sentence. */
  readonly remedy: string;
  /** Address of the attempt, without credentials: `REDACTED@db1:5432`. */
  readonly endpoint?: string | undefined;
  /** Code of the driver or of the system: `ECONNREFUSED`, `28P01`. */
  readonly code?: string | undefined;
  /** Variable at fault, by name. */
  readonly variable?: string | undefined;
  readonly attempts?: readonly Attempt[];
}

const BRAND = Symbol.for('drydock.services.ServiceError');

/** A service that is not available; the text holds no secret. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: ServiceErrorKind;
  readonly backend: string;
  readonly reason: string;
  readonly remedy: string;
  readonly endpoint: string | undefined;
  readonly code: string | undefined;
  readonly variable: string | undefined;
  readonly attempts: readonly Attempt[];

  constructor(details: ServiceErrorDetails) {
    super(details.message);
    this.kind = details.kind;
    this.backend = details.backend;
    this.reason = details.reason ?? details.message;
    this.remedy = details.remedy;
    this.endpoint = details.endpoint;
    this.code = details.code;
    this.variable = details.variable;
    this.attempts = details.attempts ?? [];
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Recognises the error also when two copies of this package are loaded. */
  static isInstance(value: unknown): value is ServiceError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
