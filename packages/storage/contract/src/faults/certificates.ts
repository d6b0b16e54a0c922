/** A certificate with its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Two certificates for `localhost` and 127.0.0.1, each its own authority. */
export interface Certificates {
  readonly valid: Certificate;
  /** Expired yesterday. */
  readonly expired: Certificate;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Makes both, fresh; needs the package `selfsigned`. */
export async function makeCertificates(): Promise<Certificates> {
  const now = Date.now();
  return {
    valid: await certificate(now - DAY_MS, now + DAY_MS),
    expired: await certificate(now - 2 * DAY_MS, now - DAY_MS),
  };
}

async function certificate(from: number, to: number): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(to),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { cert, key };
}
