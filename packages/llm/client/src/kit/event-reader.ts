import { createParser, type EventSourceParser } from 'eventsource-parser';
import { fieldOf } from './failures/error-body.js';
import { jsonIn, parseJson } from './parse-json.js';

/** The last event of OpenAI's API, at which SDKs stop reading the body, whose connection could then not serve again; without it, they read to the end. */
const LAST_EVENT = '[DONE]';
/** Data that says nothing, as some servers send it to keep a connection open. */
const SILENT = ['', 'null', LAST_EVENT];
/** How an answer begins that is one JSON text, or a page; no line of an event stream does. */
const WHOLE = /^[{["<]/;

/**
 * Reads the events of a body, whatever its headers say of it. A server that answers as a whole where a stream was asked for
 * gives one event, or one for each item of a list.
 */
export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #ready: string[] = [];
  #parser: EventSourceParser | undefined;
  /** Whether the answer is one JSON text, whose pieces are kept. */
  #isWhole = false;
  readonly #pieces: string[] = [];
  /** Whether the next event was cut off by the end of the body, so that it counts only if it is whole. */
  #isCut = false;

  /** Takes the next bytes of the body. */
  feed(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true });
    if (this.#parser) {
      this.#parser.feed(text);
      return;
    }
    if (this.#isWhole) {
      this.#pieces.push(text);
      return;
    }
    this.#begin(text);
  }

  #begin(text: string): void {
    const begun = text.trimStart();
    if (begun === '') return;
    this.#isWhole = WHOLE.test(begun);
    if (this.#isWhole) this.#pieces.push(begun);
    else {
      this.#parser = createParser({ onEvent: (event) => this.#onEvent(event) });
      this.#parser.feed(begun);
    }
  }

  /**
   * Takes the end of the body: an event that lacks its last line end counts if it is whole.
   *
   * @throws SyntaxError for a whole answer that is not JSON.
   */
  end(): void {
    this.#isCut = true;
    this.#parser?.feed('\n\n');
    if (!this.#isWhole) return;
    for (const event of [jsonIn(this.#pieces.join(''))].flat()) this.#ready.push(JSON.stringify(event));
  }

  /** The data of the next event, undefined as long as it has not come. */
  take(): string | undefined {
    return this.#ready.shift();
  }

  #onEvent({ event, data }: { readonly event?: string | undefined; readonly data: string }): void {
    if (SILENT.includes(data.trim())) return;
    if (this.#isCut && parseJson(data) === undefined) return;
    this.#ready.push(event === 'error' ? toError(data) : data);
  }
}

/** The data of an event that is an error by its name alone, with a member `error` by which it is one. */
function toError(data: string): string {
  const value = parseJson(data);
  if (fieldOf(value, 'error') != null) return data;
  return JSON.stringify({ error: value ?? {} });
}
