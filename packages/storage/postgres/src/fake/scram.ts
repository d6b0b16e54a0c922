import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 4096;

/** The server's half of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding. */
export class ScramServer {
  readonly #salt = randomBytes(16);
  readonly #password: string;
  #clientFirstBare = '';
  #serverFirst = '';

  constructor(password: string) {
    this.#password = password;
  }

  /** Answers the client's first message with the salt and a joint nonce. */
  first(clientFirst: string): string {
    this.#clientFirstBare = clientFirst.replace(/^[^,]*,[^,]*,/, '');
    const nonce = attribute(this.#clientFirstBare, 'r') + randomBytes(18).toString('base64');
    this.#serverFirst = `r=${nonce},s=${this.#salt.toString('base64')},i=${ITERATIONS}`;
    return this.#serverFirst;
  }

  /** Checks the client's proof; returns the server's signature, or undefined when the password is wrong. */
  final(clientFinal: string): string | undefined {
    const salted = pbkdf2Sync(this.#password.normalize('NFKC'), this.#salt, ITERATIONS, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const storedKey = createHash('sha256').update(clientKey).digest();
    const withoutProof = clientFinal.replace(/,p=[^,]*$/, '');
    const authMessage = `${this.#clientFirstBare},${this.#serverFirst},${withoutProof}`;
    const expected = xor(clientKey, hmac(storedKey, authMessage));
    const proof = Buffer.from(attribute(clientFinal, 'p'), 'base64');
    if (proof.length !== expected.length || !timingSafeEqual(proof, expected)) return undefined;
    return `v=${hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')}`;
  }
}

function attribute(message: string, name: string): string {
  const part = message.split(',').find((entry) => entry.startsWith(`${name}=`));
  return part?.slice(2) ?? '';
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}
