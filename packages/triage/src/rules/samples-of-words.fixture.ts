const STACK = '\n    at f (/repo/node_modules/client/index.js:1:2)';

/** Sentences that no table holds, by the rule of plain words that has to know them. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'words-rejected': [
    'cannot plan the query: unknown column "emial"',
    'stage 2 is not allowed here',
    'duplicate id 7 in batch',
  ],
  'words-token': ['jws signature is not a base64 text'],
  'words-database': ['keyspace shop does not exist'],
  'words-login': ['the broker says that the token has expired', 'user is not authorized on shop'],
  'words-privilege': ['insufficient permissions to read the bucket'],
  'words-limit': ['quota of this project is used', 'API rate limit exceeded for 10.0.0.1.'],
  'words-dns': ['lookup failed for host of the queue'],
  'words-tls': ['CRL has expired', 'peer sent tls alert 40'],
  'words-resources': ['shard is blocked: disk above flood-stage watermark, limit 95 %'],
  'words-proxy': ['the proxy refused CONNECT'],
  'words-unavailable': [
    'None of startup nodes is available',
    'master_not_discovered_exception',
    'the emulator is not running',
  ],
  'words-connection': ['session was dropped by the other side'],
};

/** As {@link SENTENCES}, of which a package's word is not enough either. */
const UNSURE: Readonly<Record<string, readonly string[]>> = {
  'words-program': ['cannot locate a 64-bit client library'],
  'words-version': ['reports maximum wire version 5, but this client requires at least 6'],
  'words-locked': ['profile is locked by another run'],
  'words-late': ['gave up: no reply within 3 s'],
  'words-mock': ['no stub is registered for GET /orders, unexpected call'],
};

/** Errors whose words alone tell what they are about, made by a package and by whoever it was. */
export const SAMPLES_OF_WORDS: Readonly<
  Record<string, readonly { readonly error: unknown; readonly complete: false }[]>
> = Object.fromEntries([
  ...Object.entries(SENTENCES).map(([id, said]) => [
    `package-${id}`,
    said.map((message) => ({ error: { name: 'Error', message, stack: STACK }, complete: false })),
  ]),
  ...Object.entries({ ...SENTENCES, ...UNSURE }).map(([id, said]) => [
    id,
    said.map((message) => ({ error: { name: 'Error', message }, complete: false })),
  ]),
]);
