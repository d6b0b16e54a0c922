import type { Rule } from '../classify/rule.js';

/** The TLS handshake and clocks. */
export const TLS_RULES: readonly Rule[] = [
  {
    id: 'tls-name',
    class: 'environment',
    subclass: 'tls',
    remedy:
      'The certificate is for another name: use the name that it is for, or have one made for {endpoint}.',
    when: [
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID|ERR_TLS_CERT_ALTNAME_FORMAT' },
      { message: "does not match certificate's altnames" },
    ],
  },
  {
    id: 'tls-expired',
    class: 'environment',
    subclass: 'tls',
    remedy: 'The certificate has expired: renew it, and check this machine’s clock.',
    when: [{ code: 'CERT_HAS_EXPIRED' }, { message: '^certificate has expired$' }],
  },
  {
    id: 'tls-untrusted',
    class: 'environment',
    subclass: 'tls',
    remedy:
      'No known authority signed the certificate: give its authority (NODE_EXTRA_CA_CERTS, or the tls option).',
    when: [
      { code: 'DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\\w+|CERT_(?!NOT_YET)\\w+' },
      {
        message:
          '^(?:self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate)',
      },
    ],
  },
  {
    id: 'clock-skew',
    class: 'environment',
    subclass: 'clock-skew',
    remedy: 'The clocks disagree: set this machine’s time (timedatectl), and that of the server.',
    when: [
      { code: 'CERT_NOT_YET_VALID|RequestTimeTooSkewed|RequestExpired' },
      {
        message:
          '^certificate is not yet valid|(?:clock skew|time too skewed|token used before issued|jwt issued in the future|iat .* in the future)',
      },
    ],
  },
  {
    id: 'tls-handshake',
    class: 'environment',
    subclass: 'tls',
    remedy:
      'TLS could not be established at {endpoint}: does that port speak TLS, and does the URL’s scheme (rediss, https, neo4j+s) agree?',
    when: [
      { code: 'EPROTO|ERR_SSL_\\w+|ERR_TLS_\\w+|ERR_OSSL_\\w+|TLS' },
      {
        message:
          '^The server does not support SSL connections|before secure TLS connection was established|wrong version number|SSL routines',
      },
      { kind: 'connection|configured-unreachable', message: 'TLS (?:failed|could not be established)' },
    ],
  },
];
