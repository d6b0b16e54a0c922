import type { FaultTable } from './fault-table.js';

/** OpenSSL and Node's TLS: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/ */
export const TLS: FaultTable = {
  'tls-name': {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID|ERR_TLS_CERT_ALTNAME_FORMAT',
    message: "does not match certificate's altnames",
  },
  'tls-expired': { code: 'CERT_HAS_EXPIRED', message: '^certificate has expired$' },
  'tls-untrusted': {
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\\w+|CERT_(?!NOT_YET)\\w+',
    message:
      '^(?:self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate)',
  },
  'clock-skew': {
    code: 'CERT_NOT_YET_VALID',
    message:
      '^certificate is not yet valid|(?:clock skew|time too skewed|token used before issued|jwt issued in the future|iat .* in the future)',
  },
  'tls-handshake': {
    code: 'ENO_TLS|EPROTO|ERR_SSL_\\w+|ERR_TLS_\\w+|ERR_OSSL_\\w+',
    message: 'before secure TLS connection was established|wrong version number|SSL routines',
  },
};

/** Schemes of addresses that speak TLS, as examples for people. */
export const TLS_SCHEMES = 'rediss, https, neo4j+s';

/** What a protocol says in clear before the handshake, and the byte by which the server agrees. */
export const TLS_PREAMBLES: Readonly<Record<string, { readonly request: Buffer; readonly consent: string }>> =
  {
    // https://www.postgresql.org/docs/current/protocol-message-formats.html
    postgres: { request: Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), consent: 'S' },
  };
