import { unansweredDatagrams } from '@drydock/network-guard';
import { readNetworkTable } from '../guard/network-table.js';

/** Counters of the kernel that grow when something tries to leave a namespace in which nothing can be reached. */
const COUNTERS = [
  { file: 'snmp', group: 'Ip', name: 'OutNoRoutes' },
  { file: 'snmp', group: 'Udp', name: 'NoPorts' },
  { file: 'snmp6', group: '', name: 'Ip6OutNoRoutes' },
  { file: 'snmp6', group: '', name: 'Udp6NoPorts' },
] as const;

/**
 * How often something in this network namespace tried an address without a route, or asked a port at which nothing
 * answers, since the namespace was made. Undefined where the system does not count.
 */
export function countRefusedByKernel(): number | undefined {
  const snmp = readNetworkTable('snmp');
  if (snmp === undefined) return undefined;
  // Absent where the kernel has no IPv6.
  const tables = { snmp, snmp6: readNetworkTable('snmp6') ?? '' };
  return COUNTERS.reduce((sum, { file, group, name }) => sum + valueIn(tables[file], group, name), 0);
}

// snmp has a line of names and a line of values for each group, snmp6 a line for each counter.
function valueIn(table: string, group: string, name: string): number {
  if (group === '') return Number(new RegExp(`^${name}\\s+(\\d+)`, 'mu').exec(table)?.[1] ?? 0);
  const [names, values] = table
    .split('\n')
    .filter((line) => line.startsWith(`${group}: `))
    .map((line) => line.split(' '));
  return Number(values?.[names?.indexOf(name) ?? -1] ?? 0);
}

/** What the kernel refused while each file ran. */
export class KernelCounters {
  readonly #read: () => number | undefined;
  readonly #excused: () => number;
  readonly #byFile = new Map<string, number>();
  #last: number;
  #file = '';

  /** @param excused - How much of it the tests did themselves, towards sockets of their own that have gone. */
  constructor(
    read: () => number | undefined = countRefusedByKernel,
    excused: () => number = unansweredDatagrams,
  ) {
    this.#read = read;
    this.#excused = excused;
    this.#last = this.#count();
  }

  /** Counts for a file what comes from now on, and for the one before what came until now. */
  enter(file: string): void {
    this.#settle();
    this.#file = file;
  }

  /** Takes what was refused while a file ran. */
  take(file: string): number {
    this.#settle();
    const count = this.#byFile.get(file) ?? 0;
    this.#byFile.delete(file);
    return count;
  }

  // An excuse may be read before the kernel has counted what it is for: the count is then lower for a moment.
  #settle(): void {
    const now = this.#count();
    const grown = now - this.#last;
    this.#last = Math.max(now, this.#last);
    if (grown > 0) this.#byFile.set(this.#file, (this.#byFile.get(this.#file) ?? 0) + grown);
  }

  #count(): number {
    const refused = this.#read();
    return refused === undefined ? 0 : refused - this.#excused();
  }
}
