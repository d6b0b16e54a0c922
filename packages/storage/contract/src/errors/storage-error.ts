import { type InspectOptions, inspect } from 'node:util';
import type { Fault, FaultKind, Outcome } from './fault.js';
import type { Operation } from './operation.js';

const BRAND = Symbol.for('drydock.storage.error');
const SHOWN_IDS = 3;
const KEPT_IDS = 100;
const ID_LENGTH = 64;

/** The call in which a fault happened. */
export interface FaultContext {
  readonly backend: string;
  readonly operation: Operation;
  /** Ids of the records concerned, when the call was about records. */
  readonly ids?: readonly string[];
  /** Attempts made, the failed one included; default 1. */
  readonly attempts?: number;
  /** What failed within a batch. */
  readonly failures?: readonly ItemFailure[];
  /** What a batch could read all the same. */
  readonly records?: readonly unknown[];
}

/** One record of a batch that failed; records not named succeeded. */
export interface ItemFailure {
  /** Position in the caller's input. */
  readonly index: number;
  readonly id: string;
  readonly kind: FaultKind;
  readonly retriable: boolean;
  readonly outcome: Outcome;
  readonly code?: string;
}

/** A `StorageError` in plain data. */
export interface StorageErrorJson extends Omit<Fault, 'status'> {
  readonly name: string;
  readonly message: string;
  readonly backend: string;
  readonly operation: Operation;
  readonly ids: readonly string[];
  readonly attempts: number;
  readonly failures?: readonly ItemFailure[];
}

/** This class, which has no kind, or one below it. */
type StorageErrorClass<T> = (abstract new (...given: never[]) => T) & { readonly kind?: FaultKind };

/**
 * The base class of all errors of this package.
 *
 * Holds facts and its own text only: not the driver's error or its text, no credentials, no record.
 */
export abstract class StorageError extends Error implements Fault {
  abstract readonly kind: FaultKind;
  readonly backend: string;
  readonly operation: Operation;
  /** Whether the same call may succeed a moment later. */
  readonly retriable: boolean;
  /** What is known of the call's effect. */
  readonly outcome: Outcome;
  /** Ids concerned: at most 100, each cut after 64 characters. */
  readonly ids: readonly string[];
  /** Attempts made, the failed one included. */
  readonly attempts: number;
  declare readonly code?: string;
  declare readonly detail?: string;
  declare readonly failures?: readonly ItemFailure[];
  readonly #records: readonly unknown[] | undefined;

  constructor(fault: Omit<Fault, 'kind'>, context: FaultContext) {
    super(describe(fault, context));
    this.backend = context.backend;
    this.operation = context.operation;
    this.retriable = fault.retriable;
    this.outcome = fault.outcome;
    // Callers without types may pass something else than strings, which may be a payload.
    const ids = (context.ids ?? []).filter((id) => typeof id === 'string');
    this.ids = ids.slice(0, KEPT_IDS).map(shorten);
    this.attempts = context.attempts ?? 1;
    this.#records = context.records;
    if (fault.code !== undefined) this.code = fault.code;
    if (fault.detail !== undefined) this.detail = fault.detail;
    if (context.failures !== undefined) {
      this.failures = context.failures.map((failure) => ({ ...failure, id: shorten(failure.id) }));
    }
  }

  /**
   * What `retrieveBatch` could read all the same, in the order of its ids, null for what is not there and for what
   * `failures` names; undefined for every other error. Neither inspected nor part of its JSON.
   */
  get records(): readonly unknown[] | undefined {
    return this.#records;
  }

  get [BRAND](): true {
    return true;
  }

  /** Whether a value is of this class or of one below it, also when it was made by another copy of this package. */
  static isInstance<T extends StorageError>(this: StorageErrorClass<T>, value: unknown): value is T {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked, which may be one below.
    const { kind } = this;
    if (typeof value !== 'object' || value === null || !(BRAND in value)) return false;
    return kind === undefined || Reflect.get(value, 'kind') === kind;
  }

  toJSON(): StorageErrorJson {
    return {
      name: this.name,
      message: this.message,
      kind: this.kind,
      backend: this.backend,
      operation: this.operation,
      retriable: this.retriable,
      outcome: this.outcome,
      ids: this.ids,
      attempts: this.attempts,
      ...(this.code !== undefined && { code: this.code }),
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.failures !== undefined && { failures: this.failures }),
    };
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { name: _name, message: _message, detail: _detail, ...facts } = this.toJSON();
    return `${this.stack} ${inspect(facts, options)}`;
  }
}

const OUTCOMES: Record<Outcome, string> = {
  not_sent: 'nothing was sent',
  rejected: 'the server refused it',
  unknown: 'it may have been applied',
};

function describe(fault: Omit<Fault, 'kind'>, context: FaultContext): string {
  const code = fault.code === undefined ? '' : ` (${fault.code})`;
  const attempts =
    context.attempts !== undefined && context.attempts > 1 ? ` after ${context.attempts} attempts` : '';
  const retriable = fault.retriable ? 'retriable' : 'not retriable';
  return [
    `${context.backend} ${context.operation} failed${attempts}: ${fault.detail ?? 'nothing more is known'}${code}`,
    `${OUTCOMES[fault.outcome]}, ${retriable}`,
    ...describeIds((context.ids ?? []).filter((id) => typeof id === 'string')),
  ].join('; ');
}

function describeIds(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, SHOWN_IDS).map((id) => JSON.stringify(shorten(id)));
  const rest = ids.length > SHOWN_IDS ? ` and ${ids.length - SHOWN_IDS} more` : '';
  return [`${ids.length === 1 ? 'id' : 'ids'} ${shown.join(', ')}${rest}`];
}

function shorten(id: string): string {
  return id.length <= ID_LENGTH ? id : `${id.slice(0, ID_LENGTH)}…`;
}
