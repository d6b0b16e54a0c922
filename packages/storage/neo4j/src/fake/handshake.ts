const MAGIC = Buffer.from([0x60, 0x60, 0xb0, 0x17]);
const HANDSHAKE_BYTES = 20;
/** Bolt 5.8, as a real 5.26 server chooses it for this driver. */
const VERSION = Buffer.from([0, 0, 8, 5]);

/** The answer to the first bytes of a connection, unless they are too few yet or no Bolt. */
export function chooseVersion(bytes: Buffer): Buffer | 'incomplete' | 'foreign' {
  if (bytes.length < HANDSHAKE_BYTES) return 'incomplete';
  return bytes.subarray(0, MAGIC.length).equals(MAGIC) ? VERSION : 'foreign';
}
