import { createHash } from 'node:crypto';

/** A value that can be recognised and not be read back. */
export function fingerprint(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
