import { expandSample, linesOf } from './expand-sample.js';
import { INNOCENT_CODE } from './innocent-code.fixture.js';

/** Lines of programs, logs and reports that hold no secret, though they speak of some. */
const WRITTEN = linesOf(String.raw`
  ${INNOCENT_CODE}
  password: {{ .Values.password }}
  password: \${DB_PASSWORD}
  password: $DB_PASSWORD
  password=%DB_PASSWORD%
  PASSWORD=\${PASSWORD:-}
  TOKEN=$(cat token.txt)
  API_KEY=\${{ secrets.API_KEY }}
  export TOKEN=$TOKEN
  token: \${{ github.token }}
  api_key: <your key here>
  e.token=t,e.password=n,e
  t.password=r.value,t.token=e.token||"",n
  n.secret=e,n.key=t;return n}
  function(e,t){this.token=e;this.password=t}
  var t=e.apiKey,n=e.token;return t&&n
  !function(e){e.token=null}(window)
  a.credentials=i,a.cache=o
  at Object.getToken (/app/src/token.ts:12:34)
  at async Auth.login (file:///app/src/auth/login.js:101:9)
  at password (/app/src/password.ts:1:1)
  at new Token (node:internal/token:5:10)
  ❯ src/token.test.ts:12:34
  12| const token = getToken();
  13| expect(token).toEqual(expect.any(String));
  14|   password: hash(password),
  > 15 |     apiKey: env.API_KEY,
  |            ^ Unexpected token
  diff --git a/token.ts b/token.ts
  index 3b18e512..a45f1c2e 100644
  @@ -12,7 +12,7 @@ export function token() {
  +  const password = readPassword();
  -  token: undefined,
  token:
  password:
  secret = ""
  password = ''
  token: ''
  "token": null,
  "token": "",
  "password": false
  apiKey=
  key: value
  key=value
  primary_key: id
  cache key: v1-linux-node-20
  foreignKey: 'userId'
  publicKey: 'id'
  keyCode: 13
  rowKey="id"
  React keys must be unique
  sk-fading-circle sk-circle12
  .sk-cube-grid .sk-cube9 { animation-delay: 0s }
  task-force-12345678901234567890
  npm_config_user_agent
  npm_lifecycle_event=test
  npm_package_version=1.0.0
  key-value-store-abcdef
  pat.test.ts
  sl.ts
  t1.micro
  dp.pt
  AKIA is a prefix of AWS
  AIza is a prefix of Google
  eyJhbGciOiJIUzI1NiJ9
  SG.a.b
  xoxo-hugs
  ghp_short
  glpat-xxxx
  hf_model
  gsk_x
  EAA and EAAA
  pk_live_is_public
  re_export_everything_here
  sc_view.abcde.acc
  live_reload_enabled
  secret_santa_party
  oauth:read
  Digest is a noun
  digest: sha256
  Digest of the file
  Message Digest algorithm
  {"kty":"RSA","n":"abc","e":"AQAB"}
  AUTH PLAIN LOGIN CRAM-MD5
  HELLO 3
  CONFIG SET maxmemory 100mb
  ACL LIST
  10.0.0.1:6379
  [::1]:5432
  12:34:56.789
  aa:bb:cc:dd:ee:ff
  2001:0db8:85a3:0000:0000:8a2e:0370:7334
  arn:aws:s3:::bucket/key
  arn:aws:iam::123456789012:role/admin
  urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
  feat(token): rotate the token
  BREAKING CHANGE: password is required
  TODO: remove the token
  // the token is read from the environment
  # password for the database
  /* secret sauce */
  -----BEGIN CERTIFICATE-----
  -----BEGIN PUBLIC KEY-----
  ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI
  login: app
  user: 'app'
  username: app
  host: db1
  3 tokens, 2 secrets, 1 password
  Secrets: 0 found
  Secret scanning: no leaks found
  credentials: none
  Credentials were not found
  session: true
  sid: 42
  session started
  Session expired
  passed=12 failed=0
  compass: north
  bypass=true
  passport.authenticate('local')
  expect(redact('x')).toBe('[redacted]')
  password=[redacted]
  Authorization: [redacted]
`).map((line) => line.replaceAll('\\`', '`').replaceAll('\\$', '$'));

/** Forms of values that look made by a machine and tell nothing. */
const MADE: readonly string[] = [
  'id: {h8}-{h4}-{h4}-{h4}-{h12}',
  '"requestId":"{h8}-{h4}-{h4}-{h4}-{h12}"',
  'commit {h40}',
  'index {h8}..{h8} 100644',
  'sha256:{h64}',
  'md5 {h32}  file.tar.gz',
  'src="data:image/png;base64,iVBORw0KGgo{a400}=="',
  'data:font/woff2;base64,d09GMgABAAAA{a600}',
  '"integrity": "sha512-{a86}=="',
  'integrity sha512-{a40}+{a20}/{a24}==',
  '    at fn{d3} (/app/node_modules/x{d2}/dist/index.js:{d2}:{d3})',
  'etag: W/"{h20}"',
  'dist/assets/index-{a8}.js  {d3}.12 kB',
  'trace_id={h32} span_id={h16}',
  '20{d2}-01-02T03:04:05.{d3}Z info started in {d3} ms',
  'port {d5} pid {d5} count={d7}',
  'node:internal/modules/cjs/loader:{d4}',
  'http://localhost:{d4}/path/{h8}?v={h8}',
  'expected {d10} to be {d10}',
  'docker.io/acme/app@sha256:{h64}',
  '//# sourceMappingURL=index-{a10}.js.map',
  'ARG BUILD_ID={h12}',
  'traceparent: 00-{h32}-{h16}-01',
];

/** At least 500 lines that redaction leaves as they are. */
export const INNOCENT_LINES: readonly string[] = [
  ...WRITTEN,
  ...MADE.flatMap((template, index) =>
    Array.from({ length: 10 }, (_, round) => expandSample(template, index * 31 + round + 1).text),
  ),
];
