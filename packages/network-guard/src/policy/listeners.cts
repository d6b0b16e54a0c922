import fs from 'node:fs';
import { type ReportFile, SELF } from '../attempt/report-file.cjs';
import { canonicalAddress, isIP, isWildcard } from './address.cjs';

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

  has(kind: 'tcp' | 'udp', port: number, address: string): boolean {
    const fitting = placesFor(address).map((place) => `${kind}:${port}:${place}`);
    return (
      fitting.some((entry) => this.#own.has(entry) || this.#closed.has(entry)) || this.#elsewhere(fitting)
    );
  }

  /** Whether the run has bound a Unix socket at this real path. */
  hasSocket(place: string): boolean {
    const fitting = [socketEntry(place)];
    return this.#own.has(fitting[0] as string) || this.#elsewhere(fitting);
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

  #elsewhere(fitting: readonly string[]): boolean {
    if (!this.report.open) return false;
    try {
      return [...ownersOf(readFileSync(this.#file, 'utf8'), fitting)].some(isAlive);
    } catch {
      return false;
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

// The addresses of a listener that answers at `address`; a connection to the wildcard address reaches this machine.
function placesFor(address: string): string[] {
  const family = isIP(address);
  const dialled = isWildcard(address) ? (family === 4 ? '127.0.0.1' : '::1') : address;
  return family === 4 ? [dialled, '0.0.0.0', '::'] : [dialled, `${dialled}!`, '::', '::!'];
}

function ownersOf(text: string, fitting: readonly string[]): Set<string> {
  const owners = new Set<string>();
  for (const line of text.split('\n')) {
    const [entry = '', owner = ''] = line.slice(1).split(' ');
    if (line.startsWith('!')) owners.delete(owner);
    else if (fitting.includes(entry)) owners[line.startsWith('+') ? 'add' : 'delete'](owner);
  }
  return owners;
}

// A killed process removed nothing, and another program may have its port by now.
function isAlive(owner: string): boolean {
  try {
    return kill(Number(owner.split(':')[0]), 0);
  } catch {
    return false;
  }
}
