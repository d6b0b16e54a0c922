import { cstring, encodeMessage, type FrontendMessage, readCstring } from './messages.js';

const CHANGES_SETTINGS = /(?:^|;)\s*(?:set|reset|discard)\b|\bset_config\s*\(/i;

/** Keeps the prepared statements of one session apart from those of others: renames them, and remembers their text. */
export class Statements {
  readonly #prefix: string;
  readonly #texts = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The message with its statement name made unique to the session. */
  rename({ type, body }: FrontendMessage): Buffer {
    if (type === 'P') {
      const name = readCstring(body);
      this.#texts.set(name.text, readCstring(body, name.next).text);
      return encodeMessage(type, this.#renamed(body, 0));
    }
    if (type === 'B') return encodeMessage(type, this.#renamed(body, readCstring(body).next));
    if ((type === 'D' || type === 'C') && body[0] === 0x53) {
      if (type === 'C') this.#texts.delete(readCstring(body, 1).text);
      return encodeMessage(type, this.#renamed(body, 1));
    }
    return encodeMessage(type, body);
  }

  /** The SQL that a message carries or refers to. */
  text({ type, body }: FrontendMessage): string | undefined {
    if (type === 'Q') return readCstring(body).text;
    if (type === 'P') return readCstring(body, readCstring(body).next).text;
    if (type === 'B') return this.#texts.get(readCstring(body, readCstring(body).next).text);
    return undefined;
  }

  /** Messages that close all named statements, with a Sync at the end; undefined when there are none. */
  closeAll(): Buffer | undefined {
    const names = [...this.#texts.keys()].filter((name) => name !== '');
    this.#texts.clear();
    if (names.length === 0) return undefined;
    const closes = names.map((name) =>
      encodeMessage('C', Buffer.concat([Buffer.from('S'), cstring(this.#prefix + name)])),
    );
    return Buffer.concat([...closes, encodeMessage('S', Buffer.alloc(0))]);
  }

  #renamed(body: Buffer, at: number): Buffer {
    const { text, next } = readCstring(body, at);
    if (text === '') return body;
    return Buffer.concat([body.subarray(0, at), cstring(this.#prefix + text), body.subarray(next)]);
  }
}

/** Whether a statement may change the session's settings beyond a transaction. */
export function changesSettings(sql: string): boolean {
  return CHANGES_SETTINGS.test(sql);
}
