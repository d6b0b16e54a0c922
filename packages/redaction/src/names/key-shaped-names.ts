/** Words that make a name key-shaped wherever they stand in it: `GITHUB_TOKEN`, `tokenValue`, `client-secret`. */
const SECRET_WORDS = new Set([
  'TOKEN',
  'SECRET',
  'SECRETS',
  'PASSWORD',
  'PASSWORDS',
  'PASSWD',
  'PASSPHRASE',
  'CREDENTIAL',
  'CREDENTIALS',
  'DSN',
  'JWT',
  // Compounds that people write as one word.
  'APIKEY',
  'APIKEYS',
  'ACCESSKEY',
  'ACCESSTOKEN',
  'AUTHTOKEN',
  'CLIENTSECRET',
  'CONNECTIONSTRING',
  'IDTOKEN',
  'PRIVATEKEY',
  'PGPASSWORD',
  'PGPASSFILE',
  'REFRESHTOKEN',
  'SECRETKEY',
  'USERPASS',
]);

/** Words that make a name key-shaped only together with a word before them, so that `PWD` or a `pass` count is left alone. */
const SECRET_LAST_WORDS = new Set(['PASS', 'PWD', 'PW']);

/** Two words in a row that make a name key-shaped: `OPENAI_API_KEY`, `privateKeyPem`, `AZURE_STORAGE_CONNECTION_STRING`. */
const SECRET_PAIRS = new Set([
  'API_KEY',
  'API_KEYS',
  'ACCESS_KEY',
  'ACCESS_KEYS',
  'ACCOUNT_KEY',
  'ADMIN_KEY',
  'APP_KEY',
  'AUTH_KEY',
  'BASIC_AUTH',
  'CONFIG_AUTH',
  'CONN_STR',
  'CONN_STRING',
  'CONNECTION_STR',
  'CONNECTION_STRING',
  'DEPLOY_KEY',
  'ENCRYPTION_KEY',
  'LICENSE_KEY',
  'MASTER_KEY',
  'PRIVATE_KEY',
  'PRIVATE_KEYS',
  'REDIS_AUTH',
  'SERVICE_KEY',
  'SESSION_KEY',
  'SHARED_KEY',
  'SIGNING_KEY',
  'SSH_KEY',
  'SUBSCRIPTION_KEY',
  'WEBHOOK_KEY',
]);

/** Last words that say the variable is about a secret and holds none: `PASSWORD_MIN_LENGTH`, `TOKEN_URL`, `tokenCount`. */
const DESCRIBING_WORDS = new Set([
  'COUNT',
  'ENABLED',
  'ENDPOINT',
  'EXPIRES',
  'EXPIRY',
  'FIELD',
  'HEADER',
  'INDEX',
  'LENGTH',
  'LIMIT',
  'POLICY',
  'REQUIRED',
  'SIZE',
  'TIMEOUT',
  'TOTAL',
  'TTL',
  'TYPE',
  'URL',
]);

const MAX_REMEMBERED = 5_000;
const MAX_NAME_LENGTH = 256;
const remembered = new Map<string, boolean>();

/**
 * Whether a variable, property, header or parameter is named like a secret; the name is split at `_`, `-`, `.`, `/`, `:`, spaces
 * and lower-to-upper-case borders, and whole words are compared, so `KEYBOARD` and `TOKENIZERS_PARALLELISM` are not.
 */
export function isKeyShaped(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const answer = decide(wordsOf(name));
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(name, answer);
  return answer;
}

function decide(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined || DESCRIBING_WORDS.has(last)) return false;
  if (words.length > 1 && SECRET_LAST_WORDS.has(last)) return true;
  return words.some((word, at) => SECRET_WORDS.has(word) || SECRET_PAIRS.has(`${word}_${words[at + 1]}`));
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, MAX_NAME_LENGTH)
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}
