import type { Duplex } from 'node:stream';

const VERSION_BYTES = 4;
/** What the server answers first when it lists its versions instead of choosing one. */
const LIST = [0, 0, 1, 255];

/**
 * Holds back what the server says until its first answer is whole.
 *
 * The driver reads that answer from the first bytes that arrive, and fails where a network brought fewer.
 */
export function gatherHandshake(stream: Duplex): void {
  const { emit } = stream;
  let held = Buffer.alloc(0);
  stream.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event !== 'data') return Reflect.apply(emit, stream, [event, ...args]);
    held = Buffer.concat([held, args[0] as Buffer]);
    if (!isWhole(held)) return true;
    Reflect.deleteProperty(stream, 'emit');
    return stream.emit('data', held);
  };
}

/** A version, or a list: its length, that many ranges, a mask of capabilities. */
function isWhole(bytes: Buffer): boolean {
  if (bytes.length < VERSION_BYTES) return false;
  if (LIST.some((byte, index) => bytes[index] !== byte)) return true;
  const count = readVarInt(bytes, VERSION_BYTES);
  return count !== undefined && readVarInt(bytes, count.end + count.value * VERSION_BYTES) !== undefined;
}

/** Seven bits a byte, lowest first; undefined where it is not whole yet. */
function readVarInt(bytes: Buffer, start: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return undefined;
}
