import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';

const redactor = createRedactor({ names: ['floor'] });

describe('a value is told by what stands beside it', () => {
  test.each([
    // URL logins
    ['redis://:hunter2@h:6379/0', 'redis://[redacted]@h:6379/0'],
    ['postgresql://bob:hunter2@db/app', 'postgresql://[redacted]@db/app'],
    ['postgres://bob:hun@ter2@db/app', 'postgres://[redacted]@db/app'],
    ['postgres://bob:hun/ter2@db/app', 'postgres://[redacted]@db/app'],
    ['neo4j+s://bob:hunter2@[::1]:7687', 'neo4j+s://[redacted]@[::1]:7687'],
    ['to redis://a:b@c, redis://d:e@f', 'to redis://[redacted]@c, redis://[redacted]@f'],
    ['https://deadbeef@sentry.example/1', 'https://[redacted]@sentry.example/1'],
    // Query parameters
    ['https://h/v1?key=hunter2', 'https://h/v1?key=[redacted]'],
    ['https://h/v1?a=1&key=hunter2&b=2#c', 'https://h/v1?a=1&key=[redacted]&b=2#c'],
    ['/x?token=hunter2&api_key=hunter3', '/x?token=[redacted]&api_key=[redacted]'],
    ['/x?password=hunter2 HTTP/1.1', '/x?password=[redacted] HTTP/1.1'],
    ['?sv=1&sig=hunter2%3D', '?sv=1&sig=[redacted]'],
    ['?X-Amz-Signature=hunter2&X-Amz-Date=1', '?X-Amz-Signature=[redacted]&X-Amz-Date=1'],
    ['&amp;client_secret=hunter2&amp;x=1', '&amp;client_secret=[redacted]&amp;x=1'],
    // Headers
    ['Authorization: Bearer hunter2', 'Authorization: Bearer [redacted]'],
    ['authorization: hunter2 hunter3', 'authorization: [redacted]'],
    ['Proxy-Authorization: Basic Ym9iOmh1bnRlcjI=', 'Proxy-Authorization: Basic [redacted]'],
    ['X-API-Key: hunter2', 'X-API-Key: [redacted]'],
    ['X-TYPESENSE-API-KEY: hunter2x', 'X-TYPESENSE-API-KEY: [redacted]'],
    ['Set-Cookie: sid=hunter2; Path=/\r\nDate: x', 'Set-Cookie: [redacted]\r\nDate: x'],
    ['Cookie: a=1; b=2\nHost: h', 'Cookie: [redacted]\nHost: h'],
    [`-H 'Authorization: Bearer hunter2'`, `-H 'Authorization: Bearer [redacted]'`],
    ['sent Bearer hunter2hunter2 to h', 'sent Bearer [redacted] to h'],
    ['sent Basic Ym9iOmh1bnRlcjI= to h', 'sent Basic [redacted] to h'],
    // Objects in print
    [`{ password: 'hunter2', user: 'bob' }`, `{ password: '[redacted]', user: 'bob' }`],
    ['{"password":"hun\\"ter2","user":"bob"}', '{"password":"[redacted]","user":"bob"}'],
    ['"{\\"api_key\\":\\"hun\\\\\\"ter2\\",\\"a\\":1}"', '"{\\"api_key\\":\\"[redacted]\\",\\"a\\":1}"'],
    [`'x-api-key': 'hunter2',`, `'x-api-key': '[redacted]',`],
    [`'set-cookie': [ 'a=1', 'b=2' ], x: 'y'`, `'set-cookie': [ '[redacted]', '[redacted]' ], x: 'y'`],
    ['"set-cookie":["a=1","b=2"],"x":["y"]', '"set-cookie":["[redacted]","[redacted]"],"x":["y"]'],
    [`Map(1) { 'apiKey' => 'hunter2' }`, `Map(1) { 'apiKey' => '[redacted]' }`],
    [
      `command: { name: 'auth', args: [ 'bob', 'hunter2' ] }`,
      `command: { name: 'auth', args: [[redacted]] }`,
    ],
    [`"command":{"name":"AUTH","args":["hunter2"]}`, `"command":{"name":"AUTH","args":[[redacted]]}`],
    // Statements
    [`ALTER USER app PASSWORD 'hunter2'`, `ALTER USER app PASSWORD '[redacted]'`],
    [`CREATE USER 'a'@'%' IDENTIFIED BY 'hunter2';`, `CREATE USER 'a'@'%' IDENTIFIED BY '[redacted]';`],
    // Assignments and flags
    ['API_KEY=hunter2', 'API_KEY=[redacted]'],
    ['export GROQ_API_KEY="hunter2"', 'export GROQ_API_KEY="[redacted]"'],
    ['MYSQL_PWD=x node a.js', 'MYSQL_PWD=[redacted] node a.js'],
    ['Server=h;Password=hunter2;Encrypt=true', 'Server=h;Password=[redacted];Encrypt=true'],
    ['AccountKey=aGVsbG8+d29ybGQ/==;x=1', 'AccountKey=[redacted];x=1'],
    ['password: hunter2', 'password: [redacted]'],
    ['(token=hunter2)', '(token=[redacted])'],
    ['--password hunter2 --verbose', '--password [redacted] --verbose'],
    ['--api-key=hunter2', '--api-key=[redacted]'],
    ['const apiKey = "hunter2"', 'const apiKey = "[redacted]"'],
    ['secret === `hunter2`', 'secret === `[redacted]`'],
    // The user's own name
    ['floor=hunter2', 'floor=[redacted]'],
  ])('%s', (text, shown) => {
    expect(redactor.text(text)).toBe(shown);
    expect(redactor.text(shown)).toBe(shown);
  });
});

describe('what holds no secret stays as it is', () => {
  test.each([
    'Invalid password: must be set',
    'Unexpected token: }',
    'password=',
    'token: null',
    'token: undefined',
    'secret: true',
    'apiKey: string',
    'tokens: 1200',
    '{"max_tokens":1200}',
    '--token --verbose',
    'password authentication failed for user "bob"',
    'Basic authentication is off',
    'Bearer authentication',
    'the keyboard: german layout',
    'http://localhost:6379/a@b',
    'https://h/?mail=me@example.com',
    'redis://localhost:6379',
    'mail me@example.com',
    'https://[::1]:80/a@b',
    'key=value',
    'code: ECONNREFUSED',
    'author: somebody else',
    'at file:///a/b.ts:12:3',
    `{ token: { a: 1 } }`,
    'set-cookie: []',
    'expected "ERR_TOKEN" to equal "x"',
  ])('%s', (text) => expect(redactor.text(text)).toBe(text));
});

describe('a replacement', () => {
  const named = createRedactor({ values: { DB_PASSWORD: 'hunter2x' } });

  test('keeps the known name where name and value both tell', () => {
    expect(named.text('password=hunter2x')).toBe('password=[redacted DB_PASSWORD]');
  });

  test('covers a value of which only a part is known', () => {
    expect(named.text('token=abc-hunter2x-def')).toBe('token=[redacted DB_PASSWORD]');
  });

  test('of somebody else stays', () => {
    expect(named.text('key [redacted OTHER_KEY], [redacted]')).toBe('key [redacted OTHER_KEY], [redacted]');
  });

  test('that hides a secret behind its name does not', () => {
    expect(named.text('[redacted hunter2x]')).not.toContain('hunter2x');
    expect(named.text('[redacted gsk_aaaaaaaaaaaaaaaaaaaaaaaaa1]')).not.toContain('aaaa');
  });

  test('goes with the value it is a part of', () => {
    expect(named.text('password=[redacted]abc')).toBe('password=[redacted]');
  });

  test('has a name that can be shown', () => {
    const odd = createRedactor({ values: { 'a]\nb': 'hunter2x', '1': 'hunter3x' } });
    expect(odd.text('hunter2x hunter3x')).toBe('[redacted a__b] [redacted]');
  });
});
