import fs from 'node:fs';
import { type ReportFile, SELF } from '../attempt/report-file.cjs';
import { canonicalAddress, isIP, isWildcard } from './address.cjs';
import { isVacant } from './bound-ports.cjs';

const { appendFileSync, readFileSync } = fs;
const { kill, pid } = process;

/** An address and port that a socket listens on. */
export interface Listening {
  kind: 'tcp' | 'udp';
  port: number;
  address: string;
  /** Whether an IPv6 listener refuses IPv4 connections; default false. */
  ipv6Only?: boolean | undefined;
}

/** What a place on loopback is to the run: one of its servers answers there, or did and has gone. */
export type Presence = 'open' | 'gone';

/** The line for a datagram that this run sent to a place of its own at which nothing answers any more. */
const UNANSWERED = '?';

/**
 * The addresses and ports that this run listens on, shared between its processes and threads through a file. Ports alone
 * are not enough: another program may listen on the same port of another loopback address.
 */
export class Listeners {
  readonly #own = new Set<string>();
  /** Places that this thread has listened on: a test may dial one that is closed, to see it refused. */
  readonly #closed = new Set<string>();

  constructor(readonly report: ReportFile) {}

  /** Adds a listener; the returned function removes it. */
  add(listening: Listening): () => void {
    return this.#add(entryOf(listening));
  }

  /** Adds a Unix socket by its real path; the returned function removes it. */
  addSocket(place: string): () => void {
    return this.#add(socketEntry(place));
  }

  #add(entry: string): () => void {
    this.#own.add(entry);
    this.#closed.delete(entry);
    this.#append(`+${entry} ${SELF}\n`);
    return () => {
      if (!this.#own.delete(entry)) return;
      this.#closed.add(entry);
      this.#append(`-${entry} ${SELF}\n`);
    };
  }

  /** Removes the listeners of a thread that was terminated and could not do so itself. */
  removeThread(threadId: number): void {
    if (this.report.open) this.#append(`! ${pid}:${threadId}\n`);
  }

  /**
   * What this run has at an address and port. A server that has gone leaves a place at which a test may see the refusal,
   * unless another program answers there by now.
   */
  at(kind: 'tcp' | 'udp', port: number, address: string): Presence | undefined {
    const fitting = placesFor(address).map((place) => `${kind}:${port}:${place}`);
    if (fitting.some((entry) => this.#own.has(entry))) return 'open';
    const wasHere = fitting.some((entry) => this.#closed.has(entry));
    const elsewhere = this.#elsewhere(fitting);
    if (elsewhere === 'open') return 'open';
    if (!wasHere && elsewhere !== 'gone') return undefined;
    const vacant = isVacant(kind, port, dialled(address));
    // Where the system lists no sockets, only what this thread has closed itself is known to be gone.
    return (vacant ?? wasHere) ? 'gone' : undefined;
  }

  /** Notes a datagram to a place that has gone: the kernel counts it as one that nothing answers. */
  noteUnanswered(): void {
    this.#append(`${UNANSWERED}\n`);
  }

  /** How many such datagrams all processes of this run have sent. */
  get unanswered(): number {
    return this.#lines().filter((line) => line === UNANSWERED).length;
  }

  /** Whether the run has bound a Unix socket at this real path. */
  hasSocket(place: string): boolean {
    const fitting = [socketEntry(place)];
    return this.#own.has(fitting[0] as string) || this.#elsewhere(fitting) === 'open';
  }

  get #file(): string {
    return `${this.report.handDown()}.listeners`;
  }

  // Where writing fails, only this thread knows the listener, which refuses more rather than less.
  #append(line: string): void {
    try {
      appendFileSync(this.#file, line);
    } catch {
      // A test may have replaced the file system.
    }
  }

  #elsewhere(fitting: readonly string[]): Presence | undefined {
    const { owners, known } = ownersOf(this.#lines(), fitting);
    return [...owners].some(isAlive) ? 'open' : known ? 'gone' : undefined;
  }

  #lines(): string[] {
    if (!this.report.open) return [];
    try {
      return readFileSync(this.#file, 'utf8').split('\n');
    } catch {
      return [];
    }
  }
}

// A line of the file is split at blanks.
function socketEntry(place: string): string {
  return `unix:${encodeURIComponent(place)}`;
}

function entryOf({ kind, port, address, ipv6Only }: Listening): string {
  return `${kind}:${port}:${canonicalAddress(address)}${ipv6Only ? '!' : ''}`;
}

// The addresses of a listener that answers at `address`.
function placesFor(address: string): string[] {
  const place = dialled(address);
  return isIP(place) === 4 ? [place, '0.0.0.0', '::'] : [place, `${place}!`, '::', '::!'];
}

// A connection to the wildcard address reaches this machine.
function dialled(address: string): string {
  if (!isWildcard(address)) return address;
  return isIP(address) === 4 ? '127.0.0.1' : '::1';
}

function ownersOf(
  lines: readonly string[],
  fitting: readonly string[],
): { owners: Set<string>; known: boolean } {
  const owners = new Set<string>();
  let known = false;
  for (const line of lines) {
    const [entry = '', owner = ''] = line.slice(1).split(' ');
    if (line.startsWith('!')) owners.delete(owner);
    else if (fitting.includes(entry)) {
      known = true;
      owners[line.startsWith('+') ? 'add' : 'delete'](owner);
    }
  }
  return { owners, known };
}

// A killed process removed nothing, and another program may have its port by now.
function isAlive(owner: string): boolean {
  try {
    return kill(Number(owner.split(':')[0]), 0);
  } catch {
    return false;
  }
}
