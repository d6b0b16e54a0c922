/** A structure of PackStream: every message of Bolt is one. */
export interface Structure {
  readonly tag: number;
  readonly fields: readonly unknown[];
}

/** A value that PackStream carries: an integer is a bigint, a float a number. */
export type PackValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly PackValue[]
  | { readonly [key: string]: PackValue };

const MARKERS = {
  null: 0xc0,
  float: 0xc1,
  false: 0xc2,
  true: 0xc3,
  int8: 0xc8,
  int64: 0xcb,
  string: { tiny: 0x80, sized: 0xd0 },
  list: { tiny: 0x90, sized: 0xd4 },
  map: { tiny: 0xa0, sized: 0xd8 },
  structure: 0xb0,
} as const;

/** Bytes of one structure. */
export function packStructure({ tag, fields }: Structure): Buffer {
  const head = Buffer.from([MARKERS.structure | fields.length, tag]);
  return Buffer.concat([head, ...fields.map((field) => pack(field as PackValue))]);
}

/** The structure at the beginning of some bytes; throws where there is none. */
export function unpackStructure(bytes: Buffer): Structure {
  const reader = new Reader(bytes);
  const marker = reader.byte();
  if ((marker & 0xf0) !== MARKERS.structure) throw new Error('a Bolt message must be a structure');
  const tag = reader.byte();
  return { tag, fields: Array.from({ length: marker & 0x0f }, () => reader.value()) };
}

function pack(value: PackValue): Buffer {
  if (value === null) return Buffer.from([MARKERS.null]);
  if (typeof value === 'boolean') return Buffer.from([value ? MARKERS.true : MARKERS.false]);
  if (typeof value === 'bigint') return packInteger(value);
  if (typeof value === 'number') return packFloat(value);
  if (typeof value === 'string') return packString(value);
  if (Array.isArray(value)) return Buffer.concat([head(MARKERS.list, value.length), ...value.map(pack)]);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const parts = entries.flatMap(([key, part]) => [packString(key), pack(part)]);
  return Buffer.concat([head(MARKERS.map, entries.length), ...parts]);
}

function packInteger(value: bigint): Buffer {
  if (value >= -16n && value < 128n) return Buffer.from([Number(value) & 0xff]);
  const bytes = Buffer.alloc(9);
  bytes[0] = MARKERS.int64;
  bytes.writeBigInt64BE(value, 1);
  return bytes;
}

function packFloat(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = MARKERS.float;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function packString(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([head(MARKERS.string, bytes.length), bytes]);
}

function head({ tiny, sized }: { tiny: number; sized: number }, size: number): Buffer {
  if (size < 16) return Buffer.from([tiny | size]);
  const bytes = Buffer.alloc(5);
  bytes[0] = sized + 2;
  bytes.writeUInt32BE(size, 1);
  return bytes;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    this.#at += 1;
    return this.#bytes.readUInt8(this.#at - 1);
  }

  value(): PackValue {
    const marker = this.byte();
    if (marker < 0x80) return BigInt(marker);
    if (marker >= 0xf0) return BigInt(marker - 0x100);
    if (marker < 0x90) return this.#text(marker & 0x0f);
    if (marker < 0xa0) return this.#list(marker & 0x0f);
    if (marker < 0xb0) return this.#map(marker & 0x0f);
    return this.#sized(marker);
  }

  #sized(marker: number): PackValue {
    if (marker === MARKERS.null) return null;
    if (marker === MARKERS.true) return true;
    if (marker === MARKERS.false) return false;
    if (marker === MARKERS.float) return this.#take(8).readDoubleBE();
    if (marker >= MARKERS.int8 && marker <= MARKERS.int64) return this.#integer(2 ** (marker - MARKERS.int8));
    const width = (base: number) => this.#take(2 ** (marker - base)).readUIntBE(0, 2 ** (marker - base));
    const isSized = (base: number) => marker >= base && marker < base + 3;
    if (isSized(MARKERS.string.sized)) return this.#text(width(MARKERS.string.sized));
    if (isSized(MARKERS.list.sized)) return this.#list(width(MARKERS.list.sized));
    if (isSized(MARKERS.map.sized)) return this.#map(width(MARKERS.map.sized));
    throw new Error(`PackStream marker 0x${marker.toString(16)} is not known here`);
  }

  #integer(width: number): bigint {
    const bytes = this.#take(width);
    return width === 8 ? bytes.readBigInt64BE() : BigInt(bytes.readIntBE(0, width));
  }

  #text(length: number): string {
    return this.#take(length).toString('utf8');
  }

  #list(length: number): PackValue[] {
    return Array.from({ length }, () => this.value());
  }

  #map(size: number): { [key: string]: PackValue } {
    return Object.fromEntries(
      Array.from({ length: size }, () => {
        const key = this.value();
        return [String(key), this.value()] as const;
      }),
    );
  }

  #take(length: number): Buffer {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
