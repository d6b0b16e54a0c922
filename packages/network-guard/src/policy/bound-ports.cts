import fs from 'node:fs';
import { isIP } from './address.cjs';

// Kept, because tests replace it.
const { readFileSync } = fs;
/** The state of a TCP socket that listens, as the kernel writes it. */
const LISTENS = '0A';
const IPV4_IN_IPV6 = '0000000000000000FFFF0000';
const WILDCARDS = ['00000000', '0'.repeat(32)];
const LOOPBACK_6 = '00000000000000000000000001000000';

/**
 * Whether nothing on this machine answers at an address of loopback and a port; undefined where the system does not
 * list its sockets.
 */
export function isVacant(kind: 'tcp' | 'udp', port: number, address: string): boolean | undefined {
  const listed = [linesOf(kind), linesOf(`${kind}6`)];
  if (listed.every((lines) => lines === undefined)) return undefined;
  const places = placesOf(address).map((place) => `${place}:${hex(port, 4)}`);
  return !listed
    .flatMap((lines) => lines ?? [])
    .some((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return places.includes(local) && (kind === 'udp' || state === LISTENS);
    });
}

function linesOf(table: string): string[] | undefined {
  try {
    return readFileSync(`/proc/net/${table}`, 'latin1').split('\n').slice(1);
  } catch {
    return undefined;
  }
}

// The kernel writes each word of an address in the order of the processor.
function placesOf(address: string): string[] {
  if (isIP(address) === 6) return [LOOPBACK_6, ...WILDCARDS];
  const bytes = address.split('.').map((part) => hex(Number(part), 2));
  const word = bytes.reverse().join('');
  return [word, `${IPV4_IN_IPV6}${word}`, ...WILDCARDS];
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
