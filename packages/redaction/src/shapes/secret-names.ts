import { words } from './words.js';

/** Words that make a name key-shaped wherever they stand in it: `GITHUB_TOKEN`, `tokenValue`, `client-secret`; compounds that people write as one word too. */
export const SECRET_WORDS = words(`
  TOKEN SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE CREDENTIAL CREDENTIALS DSN JWT APIKEY
  APIKEYS ACCESSKEY ACCESSTOKEN AUTHTOKEN CLIENTSECRET CONNECTIONSTRING IDTOKEN PRIVATEKEY PGPASSWORD
  PGPASSFILE REFRESHTOKEN SECRETKEY USERPASS
`);

/** Words that make a name key-shaped only together with a word before them, so that `PWD` or a `pass` count is left alone. */
export const SECRET_LAST_WORDS = words('PASS PWD PW');

/** Two words in a row that make a name key-shaped: `OPENAI_API_KEY`, `privateKeyPem`, `AZURE_STORAGE_CONNECTION_STRING`. */
export const SECRET_PAIRS = words(`
  API_KEY API_KEYS ACCESS_KEY ACCESS_KEYS ACCOUNT_KEY ADMIN_KEY APP_KEY AUTH_KEY BASIC_AUTH CONFIG_AUTH
  CONN_STR CONN_STRING CONNECTION_STR CONNECTION_STRING DEPLOY_KEY ENCRYPTION_KEY LICENSE_KEY MASTER_KEY
  PRIVATE_KEY PRIVATE_KEYS REDIS_AUTH SERVICE_KEY SESSION_KEY SHARED_KEY SIGNING_KEY SSH_KEY
  SUBSCRIPTION_KEY WEBHOOK_KEY
`);

/** Last words that say the variable is about a secret and holds none: `PASSWORD_MIN_LENGTH`, `TOKEN_URL`, `tokenCount`. */
export const DESCRIBING_WORDS = words(`
  COUNT ENABLED ENDPOINT EXPIRES EXPIRY FIELD FIELDS HEADER INDEX LENGTH LIMIT NAMES POLICY REQUIRED SIZE TIMEOUT
  TOTAL TTL TYPE URL
`);

/** Header names that carry a secret although they are not key-shaped; compared in lower case. */
export const SECRET_HEADERS = words(`
  authorization proxy-authorization cookie cookie2 set-cookie set-cookie2
`);

/** Query parameters that carry a secret although their name alone says little: Google's `key`, Azure's and AWS' signatures, OAuth's `code`. */
export const SECRET_PARAMETERS = words(`
  key auth code pass pwd sig signature x-amz-credential x-amz-signature x-goog-credential
  x-goog-signature
`);

/** Names that often hold something else: what looks made by a machine under them is a secret. */
export const WEAK_NAMES = words(`
  _auth _gitlab_session auth connect.sid jsessionid pass phpsessid pw pwd session session_id sessionid sid
`);
