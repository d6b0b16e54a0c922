import { linesOf } from './expand-sample.js';

/** Statements, assignments, command lines and key blocks with a made-up secret. */
export const COMMAND_TEMPLATES: readonly string[] = linesOf(String.raw`
  ALTER USER app PASSWORD '{a16}'
  ALTER USER app WITH ENCRYPTED PASSWORD '{a16}';
  CREATE USER app IDENTIFIED BY '{a16}'
  CREATE USER app IDENTIFIED WITH mysql_native_password BY '{a16}'
  SET PASSWORD FOR app = '{a16}'
  SET PASSWORD = PASSWORD('{a16}')
  ALTER CURRENT USER SET PASSWORD FROM '{a16}' TO '{a16}'
  ALTER USER neo4j SET PASSWORD '{a16}' CHANGE NOT REQUIRED
  ALTER USER neo4j SET PLAINTEXT PASSWORD '{a16}'
  CREATE USER app SET PASSWORD "{a16}"
  CALL dbms.security.changePassword('{a16}')
  CREATE LOGIN app WITH PASSWORD = '{a16}'
  CREATE SUBSCRIPTION s CONNECTION 'host=db1 password={a16}'
  CREATE USER MAPPING FOR app OPTIONS (user 'app', password '{a16}')
  COPY t FROM 's3://b' CREDENTIALS 'aws_secret_access_key={a40}'
  AUTH {a16}
  AUTH app {a16}
  HELLO 3 AUTH app {a16}
  CONFIG SET requirepass {a16}
  ACL SETUSER app on >{a16} ~*
  MIGRATE h 6379 k 0 5000 AUTH2 app {a16}
  { name: 'auth', args: [ 'app', '{a16}' ] }
  {"name":"hello","args":["3","AUTH","app","{a16}"]}
  *2\r\n$4\r\nAUTH\r\n$16\r\n{a16}\r\n
  AUTH PLAIN {a32}
  AUTH LOGIN {a24}
  PASS {a16}
  USER app\r\nPASS {a16}
  export API_KEY={a24}
  export SECRET_KEY='{a24}'
  $env:API_TOKEN = "{a24}"
  set DB_PASSWORD={a16}
  ENV NPM_TOKEN={a36}
  ARG GH_TOKEN={a36}
  - name: DB_PASSWORD\n  value: {a16}
  DB_PASSWORD: {a16}
  apiKey: "{a24}"
  api_key = "{a24}"
  api_key => '{a24}'
  :secret_key_base => "{h64}"
  secretKey := "{a24}"
  const token = '{a24}';
  const apiKey: string = "{a24}";
  let password = \`{a16}\`;
  process.env.API_KEY = '{a24}'
  os.environ["API_KEY"] = "{a24}"
  config['password'] = '{a16}'
  config.set("secret", "{a24}")
  headers.set('Authorization', 'Bearer {a24}')
  setHeader("X-Api-Key", "{a24}")
  new Headers({ 'x-api-key': '{a24}' })
  spring.datasource.password={a16}
  ansible_password: {a16}
  adafruit_api_key = "{l32}"
  datadog_api_key: {h32}
  ALGOLIA_API_KEY={h32}
  CODECOV_TOKEN={h32}
  cloudflare_api_key="{h37}"
  HEROKU_API_KEY={h8}-{h4}-{h4}-{h4}-{h12}
  SNYK_TOKEN={h8}-{h4}-{h4}-{h4}-{h12}
  TWITTER_BEARER_TOKEN=AAAAAAAAAAAAAAAAAAAAAA{a60}
  FACEBOOK_APP_SECRET={h32}
  discord_client_secret = '{a32}'
  okta_api_token: 00{a40}
  MATTERMOST_ACCESS_TOKEN={l26}
  AWS_SECRET_ACCESS_KEY={a40}
  aws_session_token = {a120}
  _gitlab_session={l32}
  PHPSESSID={l32}
  JSESSIONID={u32}
  connect.sid=s%3A{a32}
  otpauth://totp/x?secret={u32}&issuer=x
  sshKey: {a40}
  passphrase: "{a20}"
  Bearer {a32}
  token {a40} was refused
  Invalid API key provided: {a32}
  password authentication failed for user "app" with password "{a16}"
  wss://host/socket?token={a32}
  ws://host/?access_token={a32}
  git clone https://app:{a20}@git.test/x.git
  fatal: unable to access 'https://{a20}@git.test/x.git/'
  helm install --set db.password={a16} x
  kubectl create secret generic s --from-literal=password={a16}
  az login --service-principal -u x -p {a34} --tenant y
  gh auth login --with-token <<< {a40}
  openssl enc -k {a16} -in x
  openssl pkcs12 -passin pass:{a16}
  gpg --passphrase {a16} -d x
  zip -P {a16} x.zip y
  ansible-vault --vault-password {a16}
  -----BEGIN RSA PRIVATE KEY-----\n{a64}\n{a64}\n-----END RSA PRIVATE KEY-----
  -----BEGIN PRIVATE KEY----- {a64} {a64} -----END PRIVATE KEY-----
  -----BEGIN EC PRIVATE KEY-----\\n{a64}\\n{a64}\\n-----END EC PRIVATE KEY-----
  -----BEGIN OPENSSH PRIVATE KEY-----{a64}{a64}-----END OPENSSH PRIVATE KEY-----
  -----BEGIN%20PRIVATE%20KEY-----%0A{a64}%0A{a64}%0A-----END%20PRIVATE%20KEY-----
  -----BEGIN ENCRYPTED PRIVATE KEY-----&#10;{a64}&#10;-----END ENCRYPTED PRIVATE KEY-----
  -----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2.0 (x)\n\n{a64}\n-----END PGP PRIVATE KEY BLOCK-----
  LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk{a120}
  LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo{a120}
`);
