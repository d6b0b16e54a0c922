const MAGIC = Buffer.from([0x60, 0x60, 0xb0, 0x17]);
/** Bolt 5.8, as a real 5.26 server chooses it for this driver. */
const VERSION = Buffer.from([0, 0, 8, 5]);

/** Length of the first message of a client. */
export const HANDSHAKE_BYTES = 20;

/** The answer to the first bytes of a connection; undefined where they are not Bolt. */
export function chooseVersion(bytes: Buffer): Buffer | undefined {
  return bytes.subarray(0, MAGIC.length).equals(MAGIC) ? VERSION : undefined;
}
