import { isSettled } from './is-settled.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const LOWER_U = 0x75;
/** Bytes kept of one text. */
const TEXT = 64 * 1024;
/** An object as large as this is no test of which nothing is kept. */
const LOOKED_AT = 64 * 1024;
/** Parts of reports that hold no failure, and may hold most of the bytes. */
const LEFT_OUT = new Set(['"coverageMap"', '"coverage"', '"attachments"', '"stdout"', '"stderr"']);

interface Frame {
  /** Where its text begins in what is kept. */
  readonly start: number;
  readonly isList: boolean;
  /** Its members that are kept. */
  kept: number;
}

/** A JSON report without the tests that passed, with long texts cut: small enough to be read at once. */
export interface ThinJson {
  readonly text: string;
  /** Tests that were left out because they did not fail. */
  readonly passed: number;
  /** What else was left out, since too many failures came before. */
  readonly tooMany: number;
}

/** Copies a JSON text from chunk to chunk, and takes each object of a list back that tells of no failure. */
export class JsonThinner {
  readonly #most: number;
  #kept = Buffer.allocUnsafe(1024 * 1024);
  #length = 0;
  readonly #frames: Frame[] = [];
  #inText = false;
  #escaped = false;
  /** Digits of an escape that are still to come. */
  #hex = 0;
  #isLong = false;
  #textStart = 0;
  #lastText = '';
  /** Depth of the value that is being left out. */
  #skipping = 0;
  #passed = 0;
  #tooMany = 0;

  constructor(most: number) {
    this.#most = most;
  }

  write(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#inText && !this.#escaped && this.#hex === 0) at = this.#plainText(chunk, at);
      if (at < chunk.length) this.#byte(chunk[at] as number);
    }
  }

  end(): ThinJson {
    const text = this.#kept.toString('utf8', 0, this.#length);
    return { text, passed: this.#passed, tooMany: this.#tooMany };
  }

  #byte(byte: number): void {
    if (this.#inText) this.#text(byte);
    else if (byte === QUOTE) {
      this.#inText = true;
      this.#textStart = this.#length;
      this.#keep(byte);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#open(byte);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#close(byte);
    else if (byte > 0x20) this.#keep(byte);
  }

  /** Copies the part of a text up to its end or an escape at once; tells where that is. */
  #plainText(chunk: Buffer, from: number): number {
    let end = from;
    while (end < chunk.length && chunk[end] !== QUOTE && chunk[end] !== BACKSLASH) end += 1;
    if (this.#skipping > 0 || this.#isLong) return end;
    const room = TEXT - (this.#length - this.#textStart);
    let whole = Math.min(end, from + Math.max(0, room));
    // Never between the bytes of one character.
    while (whole < end && ((chunk[whole] as number) & 0xc0) === 0x80) whole += 1;
    this.#reserve(whole - from);
    chunk.copy(this.#kept, this.#length, from, whole);
    this.#length += whole - from;
    if (whole < end) this.#isLong = true;
    return end;
  }

  /** An escape is kept whole or not at all. */
  #text(byte: number): void {
    const begins = !this.#escaped && this.#hex === 0;
    if (this.#hex > 0) this.#hex -= 1;
    else if (this.#escaped) {
      this.#escaped = false;
      if (byte === LOWER_U) this.#hex = 4;
    } else if (byte === BACKSLASH) this.#escaped = true;
    const ends = begins && byte === QUOTE;
    // Never between the bytes of one character.
    if (begins && byte < 0x80) this.#isLong = this.#length - this.#textStart >= TEXT;
    if (ends || !this.#isLong) this.#keep(byte);
    if (!ends) return;
    this.#inText = false;
    this.#isLong = false;
    if (this.#skipping === 0) this.#lastText = this.#shortText();
  }

  #shortText(): string {
    const isShort = this.#length - this.#textStart < 40;
    return isShort ? this.#kept.toString('latin1', this.#textStart, this.#length) : '';
  }

  #open(byte: number): void {
    if (this.#skipping > 0) this.#skipping += 1;
    else if (this.#previous() === COLON && LEFT_OUT.has(this.#lastText)) {
      for (const each of 'null') this.#keep(each.charCodeAt(0));
      this.#skipping = 1;
    } else {
      this.#frames.push({ start: this.#length, isList: byte === OPEN_LIST, kept: 0 });
      this.#keep(byte);
    }
  }

  #close(byte: number): void {
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      return;
    }
    this.#dropComma();
    this.#keep(byte);
    const frame = this.#frames.pop();
    const parent = this.#frames.at(-1);
    if (frame === undefined || parent === undefined) return;
    if (!frame.isList && parent.isList && this.#isLeftOut(frame)) {
      this.#length = frame.start;
      this.#dropComma();
      return;
    }
    // A list that is empty now is no member that its object is kept for.
    if (!frame.isList || frame.kept > 0) parent.kept += 1;
  }

  #isLeftOut(frame: Frame): boolean {
    if (frame.start > this.#most) {
      this.#tooMany += 1;
      return true;
    }
    if (frame.kept > 0 || this.#length - frame.start > LOOKED_AT) return false;
    const settled = isSettled(this.#kept.toString('utf8', frame.start, this.#length));
    if (settled === 'test') this.#passed += 1;
    return settled !== undefined;
  }

  #previous(): number {
    return this.#length === 0 ? 0 : (this.#kept[this.#length - 1] as number);
  }

  /** What was taken back leaves its comma. */
  #dropComma(): void {
    if (this.#previous() === COMMA) this.#length -= 1;
  }

  #keep(byte: number): void {
    if (this.#skipping > 0) return;
    // The comma before the first member that is kept, or after one that was taken back.
    if (byte === COMMA && (this.#previous() === OPEN_LIST || this.#previous() === OPEN_OBJECT)) return;
    this.#reserve(1);
    this.#kept[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#kept.length) return;
    const larger = Buffer.allocUnsafe(2 * this.#kept.length + bytes);
    this.#kept.copy(larger, 0, 0, this.#length);
    this.#kept = larger;
  }
}
