import type { WireAnswer } from './answer.js';

/** An answer whose body is a JSON text in one piece. */
export function jsonAnswer(body: unknown, answer: Omit<WireAnswer, 'chunks'> = {}): WireAnswer {
  const headers = { 'content-type': 'application/json', ...answer.headers };
  return { ...answer, headers, chunks: [JSON.stringify(body)] };
}

/** A stream of server-sent events, one piece each; texts are sent as they are, all else as JSON. */
export function eventStream(events: readonly unknown[], answer: Omit<WireAnswer, 'chunks'> = {}): WireAnswer {
  const headers = { 'content-type': 'text/event-stream', ...answer.headers };
  return { ...answer, headers, chunks: events.map(encodeEvent) };
}

/** An answer that sends elsewhere. */
export function redirectAnswer(location: string, status: 301 | 302 | 303 | 307 | 308 = 307): WireAnswer {
  return { status, headers: { location } };
}

/** The same body in pieces of so many bytes, which may tear characters and events apart. */
export function inPieces(answer: WireAnswer, bytes: number): WireAnswer {
  const whole = Buffer.concat((answer.chunks ?? []).map((chunk) => Buffer.from(chunk)));
  const count = Math.ceil(whole.length / bytes);
  const chunks = Array.from({ length: count }, (_, index) =>
    whole.subarray(index * bytes, (index + 1) * bytes),
  );
  return { ...answer, chunks };
}

function encodeEvent(event: unknown): string {
  return `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
}
