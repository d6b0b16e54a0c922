import { BlockList, isIPv6 } from 'node:net';

const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.platformequinix.com',
  'metadata.tencentyun.com',
]);

const METADATA_ADDRESSES = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '169.254.42.42',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:c1::a9fe:a9fe',
  'fd00:42::42',
  'fe80::a9fe:a9fe',
]);

let privateBlocks: BlockList | undefined;

const ZERO = 48;

/** As `net.isIPv4`, without its regular expression: compiling that takes a worker longer than all its checks. */
function isIPv4(given: string): boolean {
  const host = String(given);
  let parts = 1;
  let digits = 0;
  let value = 0;
  for (let index = 0; index < host.length; index += 1) {
    const digit = host.charCodeAt(index) - ZERO;
    if (digit === -2 && digits > 0) {
      parts += 1;
      digits = 0;
      value = 0;
    } else if (digit < 0 || digit > 9 || (digits > 0 && value === 0)) {
      return false;
    } else {
      digits += 1;
      value = value * 10 + digit;
      if (value > 255) return false;
    }
  }
  return parts === 4 && digits > 0;
}

/** 4, 6, or 0 for a name. As `net.isIP`, but `isIPv6` compiles its regular expression only for a text with a colon. */
export function isIP(host: string): 0 | 4 | 6 {
  if (isIPv4(host)) return 4;
  return String(host).includes(':') && isIPv6(host) ? 6 : 0;
}

/** The one spelling of an address: lower case, shortest form, no zone; an IPv4 address inside IPv6 comes out as IPv4. */
export function canonicalAddress(address: string): string {
  if (isIPv4(address)) return address;
  const bare = (address.split('%')[0] ?? address).toLowerCase();
  if (isIP(bare) !== 6) return bare;
  const shortest = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  return embeddedIpv4(shortest) ?? shortest;
}

// ::ffff:0:0/96 is mapped IPv4, 64:ff9b::/96 is translated to IPv4 by a NAT64 gateway.
function embeddedIpv4(address: string): string | undefined {
  const [, high = '0', low] =
    /^(?:::ffff:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (low === undefined) return undefined;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}

/** Whether an address or a name belongs to a cloud's metadata service, in any spelling. */
export function isMetadata(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return METADATA_NAMES.has(name) || METADATA_ADDRESSES.has(canonicalAddress(name));
}

/** Whether a canonical address stays on this machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (address.startsWith('127.') && isIPv4(address));
}

/** Whether a canonical address means every interface. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '';
}

/** Whether a canonical address is not routed on the public internet. */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  privateBlocks ??= makePrivateBlocks();
  return family !== 0 && privateBlocks.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

// Made when first needed, because it takes a tenth of the time that the guard takes to load.
function makePrivateBlocks(): BlockList {
  const blocks = new BlockList();
  for (const [net, prefix] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const)
    blocks.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of [
    ['::', 127],
    ['fc00::', 7],
    ['fe80::', 10],
    ['ff00::', 8],
  ] as const)
    blocks.addSubnet(net, prefix, 'ipv6');
  return blocks;
}
