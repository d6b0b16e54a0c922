import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { canonicalAddress, isIP, isLoopback, isMetadata, isPrivate } from './address.cjs';

describe('isIP', () => {
  const numbers = [
    '0',
    '1',
    '9',
    '10',
    '99',
    '100',
    '199',
    '255',
    '256',
    '300',
    '1000',
    '00',
    '01',
    '',
    'a',
    '-1',
    ' 1',
  ];
  const texts = numbers.flatMap((odd) => [
    `${odd}.2.3.4`,
    `1.${odd}.3.4`,
    `1.2.3.${odd}`,
    `${odd}.${odd}.${odd}.${odd}`,
    `1.2.3.4.${odd}`,
    `1.2.${odd}`,
    odd,
  ]);

  it.each([...texts, '1.2.3.4 ', '1.2.3.4\n', '::1', '::ffff:1.2.3.4', 'fe80::1%eth0', ':', 'host:1'])(
    'says of %j what Node says',
    (text) => {
      expect(isIP(text)).toBe(net.isIP(text));
    },
  );
});

describe('canonicalAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['FE80::1%eth0', 'fe80::1'],
    ['::ffff:169.254.169.254', '169.254.169.254'],
    ['::FFFF:a9fe:a9fe', '169.254.169.254'],
    ['64:ff9b::a9fe:a9fe', '169.254.169.254'],
    ['2001:db8:0:0:1:0:0:0', '2001:db8:0:0:1::'],
    ['fd00:ec2:0:0::254', 'fd00:ec2::254'],
  ])('%s is %s', (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected);
  });
});

describe('isMetadata', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '64:ff9b::169.254.169.254',
    'fd00:ec2::254',
    'FD00:EC2:0::254',
    'fe80::a9fe:a9fe%eth0',
    '169.254.42.42',
    '100.100.100.200',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
  ])('%s', (host) => {
    expect(isMetadata(host)).toBe(true);
  });

  it.each(['169.254.169.253', 'example.com', '127.0.0.1'])('not %s', (host) => {
    expect(isMetadata(host)).toBe(false);
  });
});

it('knows loopback and private addresses', () => {
  expect(['127.9.9.9', '::1'].map(isLoopback)).toEqual([true, true]);
  expect(['10.0.0.1', '128.0.0.1', '::2'].map(isLoopback)).toEqual([false, false, false]);
  expect(
    ['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.1.1', '::1', 'fc00::1'].map(isPrivate),
  ).not.toContain(false);
  expect(['8.8.8.8', '172.32.0.1', '2606:4700::1111'].map(isPrivate)).not.toContain(true);
});
