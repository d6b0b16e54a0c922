/** A whole message from the driver: its type letter and its body, framing removed. */
export interface FrontendMessage {
  readonly type: string;
  readonly body: Buffer;
}

/** What an ErrorResponse says. */
export interface WireError {
  /** `ERROR` ends the statement, `FATAL` the session. */
  readonly severity: 'ERROR' | 'FATAL';
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly where?: string;
}

/** An error that a test plants; its severity is `ERROR`, at a login `FATAL`, unless it says otherwise. */
export type PlantedError = Omit<WireError, 'severity'> & Partial<WireError>;

/** Whether something thrown is an error for the client, and not a defect of the fake. */
export function isWireError(error: unknown): error is WireError {
  return typeof error === 'object' && error !== null && 'severity' in error && !(error instanceof Error);
}

const HEADER = 5;

/** Encodes one message of the v3 protocol. */
export function encodeMessage(type: string, body: Uint8Array): Buffer {
  const message = Buffer.alloc(HEADER + body.length);
  message.write(type, 0, 'latin1');
  message.writeInt32BE(body.length + 4, 1);
  message.set(body, HEADER);
  return message;
}

/** A zero-terminated string. */
export function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf8');
}

/** The zero-terminated string at `offset`, and where the next field starts. */
export function readCstring(body: Buffer, offset = 0): { text: string; next: number } {
  const end = body.indexOf(0, offset);
  return { text: body.toString('utf8', offset, end), next: end + 1 };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

/** An Authentication request of the given kind. */
export function authentication(kind: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  return encodeMessage('R', Buffer.concat([int32(kind), body]));
}

export function parameterStatus(name: string, value: string): Buffer {
  return encodeMessage('S', Buffer.concat([cstring(name), cstring(value)]));
}

export function backendKeyData(processId: number, secret: number): Buffer {
  return encodeMessage('K', Buffer.concat([int32(processId), int32(secret)]));
}

export function readyForQuery(status: 'I' | 'T' | 'E'): Buffer {
  return encodeMessage('Z', Buffer.from(status));
}

export function errorResponse(error: WireError): Buffer {
  const fields = [
    ['S', error.severity],
    ['V', error.severity],
    ['C', error.code],
    ['M', error.message],
    ['D', error.detail],
    ['W', error.where],
  ].flatMap(([key, value]) => (value === undefined ? [] : [cstring(`${key}${value}`)]));
  return encodeMessage('E', Buffer.concat([...fields, Buffer.alloc(1)]));
}

/** The reply to a simple query that returns one value. */
export function singleValueReply(column: string, type: { oid: number; size: number }, value: string): Buffer {
  const text = Buffer.from(value);
  const description = Buffer.concat([
    int16(1),
    cstring(column),
    int32(0),
    int16(0),
    int32(type.oid),
    int16(type.size),
    int32(-1),
    int16(0),
  ]);
  return Buffer.concat([
    encodeMessage('T', description),
    encodeMessage('D', Buffer.concat([int16(1), int32(text.length), text])),
    encodeMessage('C', cstring('SELECT 1')),
    readyForQuery('I'),
  ]);
}

/** The transaction status of the last ReadyForQuery in a reply, or undefined when it holds none. */
export function lastStatus(reply: Buffer): string | undefined {
  let status: string | undefined;
  for (let at = 0; at < reply.length; at += 1 + reply.readInt32BE(at + 1)) {
    if (reply[at] === 0x5a) status = String.fromCharCode(reply[at + HEADER] ?? 0);
  }
  return status;
}

/** Splits a byte stream into messages; the first one, which has no type letter, gets the type `startup`. */
export class MessageReader {
  #pending: Buffer = Buffer.alloc(0);
  #started = false;

  /** Expects a startup packet again, as after a TLS request that was refused. */
  restart(): void {
    this.#started = false;
  }

  *push(chunk: Uint8Array): Generator<FrontendMessage> {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let message = this.#take(); message; message = this.#take()) yield message;
  }

  #take(): FrontendMessage | undefined {
    const prefix = this.#started ? 1 : 0;
    if (this.#pending.length < prefix + 4) return undefined;
    const end = prefix + this.#pending.readInt32BE(prefix);
    if (this.#pending.length < end) return undefined;
    const type = this.#started ? this.#pending.toString('latin1', 0, 1) : 'startup';
    const body = this.#pending.subarray(prefix + 4, end);
    this.#pending = this.#pending.subarray(end);
    this.#started = true;
    return { type, body };
  }
}
