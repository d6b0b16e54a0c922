/** Lines of programs, and messages of programs, that speak of secrets and hold none. */
export const INNOCENT_CODE = String.raw`
  const token = getToken();
  const token = await getToken(user);
  const token = this.tokens.next();
  let token = lexer.nextToken();
  const { token } = await login();
  const { token, refreshToken } = response.data;
  return { token, user };
  return token;
  password: hash(password),
  password: await bcrypt.hash(password, 10),
  password: faker.internet.password(),
  password: z.string().min(8),
  password: yup.string().required(),
  password: string;
  password?: string;
  password: string | undefined;
  password: userPassword,
  readonly token: string
  token: Token;
  token?: string | null
  apiKey: string;
  apiKey: process.env.API_KEY,
  apiKey: process.env['API_KEY'],
  apiKey: config.apiKey,
  apiKey: undefined,
  apiKey: null,
  secret: Buffer.from(secret),
  secret: import.meta.env.VITE_SECRET,
  secret: os.getenv("SECRET")
  const secret = process.env.SECRET;
  const apiKey = options.apiKey ?? process.env.API_KEY;
  const password = req.body.password;
  const password = form.get('password');
  const password = prompt('Password?');
  const password = useState('');
  const credentials = loadCredentials();
  const credentials = { user, password };
  fetch(url, { credentials: "include" })
  fetch(url, { credentials: 'same-origin' })
  fetch(url, { credentials: 'omit', mode: 'cors' })
  headers: { Authorization: \`Bearer \${token}\` }
  headers.Authorization = \`Bearer \${accessToken}\`;
  'Authorization': 'Bearer ' + token,
  headers['x-api-key'] = apiKey;
  headers.set('Authorization', authHeader(token));
  req.headers.authorization?.split(' ')[1]
  if (password === undefined) throw new Error('no password');
  if (password !== confirmPassword) return;
  if (token == null) return;
  if (!token) throw new UnauthorizedError();
  expect(token).toBe(undefined)
  expect(user.password).toBeUndefined();
  expect(body).toHaveProperty('token');
  expect(res.body.token).toMatch(/^[a-z]+$/);
  expect(() => parse('token')).toThrow();
  AssertionError: expected undefined to be 'token'
  token: expected string, received undefined
  token: expected string
  password: must be at least 8 characters
  password: Required
  Invalid password: must contain a number
  Error: token expired
  Error: invalid token
  Error: Missing API key
  Error: password authentication failed for user "app"
  SyntaxError: Unexpected token } in JSON at position 4
  SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
  Unexpected token: punc (})
  JsonWebTokenError: jwt malformed
  TokenExpiredError: jwt expired
  NOAUTH Authentication required.
  WRONGPASS invalid username-password pair or user is disabled.
  ERR AUTH called without any password configured
  AUTH failed: WRONGPASS
  The password of user app was changed
  Please enter your password:
  Enter passphrase for key '/srv/app/.ssh/id_ed25519':
  Forgot your password? Click here.
  Your token has been revoked.
  Set-Cookie header is missing
  Authorization header required
  Bearer token required
  Basic authentication is not supported
  Bearer authentication with tokens
  { "type": "password", "label": "Password" }
  { "error": "invalid_token", "error_description": "The token expired" }
  { "password": "Password is required" }
  { message: 'Password is too short', field: 'password' }
  passwordError: 'Must be at least 8 characters',
  tokenType: 'bearer',
  token_type: bearer
  "token_type":"Bearer","expires_in":3600
  passwordMinLength: 12
  PASSWORD_MIN_LENGTH=8
  TOKEN_URL=https://login.test/oauth/token
  TOKEN_TTL=3600
  tokenCount: 1523
  max_tokens: 4096
  maxTokens=2048
  completion_tokens: 1200, prompt_tokens: 340
  "usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30}
  tokens: [1, 2, 3]
  TOKENIZERS_PARALLELISM=false
  KEYBOARD=us
  PWD=/srv/app/project
  OLDPWD=/srv/app/src
  PASS src/auth/login.test.ts
  PASS  packages/app/token.test.tsx (5.123 s)
  FAIL src/password.test.ts > hashes the password
  ✓ signs in with a token 12ms
  ✓ resets the password (3 ms)
  pass: 12, fail: 0, skip: 3
  { pass: true, message: () => 'ok' }
  return { pass: received === expected, message }
  { pass: 5, fail: 1 }
  auth: true
  auth: 'basic'
  auth: "required"
  auth: { type: 'oauth2', flows: {} }
  import auth from './auth.js';
  import { token } from './token';
  export const SECRET_NAMES = ['password', 'token'];
  pick(user, ['name', 'password', 'token'])
  const FIELDS = ["password", "secret", "token"];
  ["token", "identifier"]
  new Set(['authorization', 'cookie', 'set-cookie'])
  Access-Control-Allow-Headers: Authorization, Content-Type
  Access-Control-Allow-Credentials: true
  Vary: Cookie, Authorization
  Content-Type: application/json; charset=utf-8
  Content-Length: 1234
  ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
  X-Request-Id: 7b1f6f0e-2c3d-4e5f-8a9b-0c1d2e3f4a5b
  Accept: text/html;q=0.9,*/*;q=0.8
  Cache-Control: max-age=604800
  GET /search?code=404 HTTP/1.1
  GET /errors?code=ENOENT
  GET /users?page=2&limit=50&sort=name
  GET /items?id=123456789012&ref=abc
  https://host/docs/authentication#tokens
  https://host/password/reset
  https://host/oauth/authorize?response_type=code&client_id=app
  https://host/a?keyword=secret-santa
  https://host:8443/path/to/page
  http://localhost:5173/?t=1700000000000
  redis://localhost:6379/0
  postgres://localhost:5432/shop
  postgresql://db1/shop?sslmode=require
  mongodb://localhost:27017
  amqp://mq:5672
  bolt://localhost:7687
  git@github.com:acme/app.git
  mailto:someone@example.com
  docker run -u 1000:1000 -p 8080:80 acme/app:1.2.3
  docker run -p 127.0.0.1:5432:5432 postgres:16
  image: redis:7.2-alpine@sha256:0000000000000000000000000000000000000000000000000000000000000000
  curl -u app https://host/path
  curl -sSf https://host/install.sh
  psql -h db1 -U app -p 5432 shop
  mysql -h db1 -P 3306 shop
  ssh -p 2222 app@host
  mkdir -p dist/assets1
  npm install --save-dev vitest@4.1.12
  npm:typescript@5.9.2
  workspace:^1.0.0
  pnpm add react@19.0.0 react-dom@19.0.0
  zip -r out.zip dist
  openssl version
  redis-cli ping
  ALTER TABLE users ADD COLUMN password text NOT NULL
  SELECT id, password FROM users WHERE token = $1
  INSERT INTO users (name, password) VALUES ($1, $2)
  CREATE USER app WITH PASSWORD $1
  SET PASSWORD POLICY
  UPDATE users SET password = $1 WHERE id = $2
  UPDATE users SET password = ? WHERE id = ?
  <input type="password" name="password" placeholder="Password">
  <input type="password" value={password} onChange={change}>
  <label for="password">Password</label>
  <Password>{children}</Password>
  <TokenList tokens={tokens} />
  <password-input></password-input>
  <secret>{{ .Values.secret }}</secret>
`;
