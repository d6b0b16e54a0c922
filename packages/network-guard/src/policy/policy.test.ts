import { describe, expect, it } from 'vitest';
import { CompiledPolicy } from './policy.cjs';

const allowing = (...allow: string[]) => new CompiledPolicy({ scope: 'lan', allow });

describe('an allow rule', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5', 1, true],
    ['10.0.0.5:6379', '10.0.0.5', 6379, true],
    ['10.0.0.5:6379', '10.0.0.5', 6380, false],
    ['10.0.0.5:6379', '::ffff:10.0.0.5', 6379, true],
    ['10.0.0.0/8', '10.200.0.1', 1, true],
    ['10.0.0.0/8', '11.0.0.1', 1, false],
    ['10.0.0.0/8:5432', '10.1.1.1', 5432, true],
    ['10.0.0.0/8:5432', '10.1.1.1', 5433, false],
    ['fd00::/8', 'fd00::9', 1, true],
    ['[::1]:80', '::1', 80, true],
    ['[::1]:80', '::1', 81, false],
    ['::1', '0:0::1', 7, true],
    ['*:8080', '1.2.3.4', 8080, true],
    [':8080', '1.2.3.4', 8080, true],
    ['*:8080', '1.2.3.4', 80, false],
    ['localhost:6379', '127.0.0.1', 6379, true],
    ['localhost:6379', '10.0.0.1', 6379, false],
    ['db.example', '10.0.0.5', 1, false],
  ])('%s and %s port %i: %s', (rule, address, port, expected) => {
    expect(allowing(rule).allowsAddress(address, port)).toBe(expected);
  });

  it.each([
    ['db.example', 'db.example', true],
    ['db.example', 'DB.Example.', true],
    ['db.example', 'xdb.example', false],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'evilexample.com', false],
  ])('%s and the name %s: %s', (rule, name, expected) => {
    expect(allowing(rule).allowsName(name)).toBe(expected);
  });

  it('that says nothing is an error', () => {
    expect(() => allowing(' ')).toThrow(/names no host/);
    expect(() => allowing('db:0')).toThrow(/no valid port/);
    expect(() => allowing('db/8')).toThrow(/not a CIDR block/);
    expect(() => allowing('10.0.0.0/')).toThrow(/not a CIDR block/);
    expect(() => allowing('*.')).toThrow(/names no host/);
    expect(() => allowing('unix:name.sock')).toThrow(/names no socket/);
    expect(() => allowing('unix:@')).toThrow(/names no socket/);
  });
});

describe('cloud metadata', () => {
  it('is never allowed, whatever the rules say', () => {
    const policy = allowing('*', '169.254.169.254', '0.0.0.0/0', 'metadata.google.internal');
    expect(policy.allowsAddress('169.254.169.254', 80)).toBe(false);
    expect(policy.allowsAddress('::ffff:169.254.169.254', 80)).toBe(false);
    expect(policy.allowsName('metadata.google.internal')).toBe(false);
    policy.learn('sly.example', ['169.254.169.254']);
    expect(policy.allowsAddress('169.254.169.254', 80)).toBe(false);
  });
});

describe('a name', () => {
  it('stands for its first answer at scope lan', () => {
    const policy = allowing('db.example:5432');
    expect(policy.allowsAddress('10.0.0.5', 5432)).toBe(false);
    policy.learn('db.example', ['10.0.0.5']);
    expect(policy.allowsAddress('10.0.0.5', 5432)).toBe(true);
    expect(policy.allowsAddress('10.0.0.5', 5433)).toBe(false);
    policy.learn('db.example', ['203.0.113.9']);
    expect(policy.allowsAddress('203.0.113.9', 5432)).toBe(false);
  });

  it('may add the answer of the other family', () => {
    const policy = allowing('db.example');
    policy.learn('db.example', ['10.0.0.5']);
    policy.learn('db.example', ['fd00::5']);
    expect(policy.allowsAddress('fd00::5', 1)).toBe(true);
  });

  it('stands for the addresses that its rule gives, and no others', () => {
    const policy = new CompiledPolicy({
      scope: 'lan',
      allow: [{ host: 'db.example', addresses: ['10.0.0.7'] }],
    });
    policy.learn('db.example', ['10.0.0.8']);
    expect(policy.allowsAddress('10.0.0.7', 1)).toBe(true);
    expect(policy.allowsAddress('10.0.0.8', 1)).toBe(false);
  });

  it('may rotate at scope public, but not into a private network', () => {
    const policy = new CompiledPolicy({ scope: 'public', allow: ['api.example:443'] });
    policy.learn('api.example', ['203.0.113.1']);
    policy.learn('api.example', ['203.0.113.2', '10.0.0.1']);
    expect(policy.allowsAddress('203.0.113.2', 443)).toBe(true);
    expect(policy.allowsAddress('10.0.0.1', 443)).toBe(false);
  });
});

it('lets code listen on loopback only where the project says so', () => {
  expect(new CompiledPolicy({}).allowsListening('127.0.0.1')).toBe(false);
  const policy = new CompiledPolicy({ loopbackServers: true });
  expect(
    ['127.0.0.1', '::1', '::', '0.0.0.0'].map((address) => policy.allowsListening(address)),
  ).not.toContain(false);
  expect(policy.allowsListening('10.0.0.1')).toBe(false);
});
