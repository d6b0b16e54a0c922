/** A server's certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A fresh certificate for `localhost` and 127.0.0.1 that no client trusts by default; needs the package `selfsigned`. */
export async function selfSigned(): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  return { cert, key };
}
