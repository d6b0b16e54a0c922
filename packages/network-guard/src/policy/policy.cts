import os from 'node:os';
import type { Policy, Scope } from '../types.cjs';
import { canonicalAddress, isIP, isLoopback, isMetadata, isPrivate, isWildcard } from './address.cjs';
import { type CompiledRule, compileRule, socketOf } from './rules.cjs';

// Read once, before a test can set TMPDIR, and because each test has a policy.
let systemTemp: readonly string[] = [os.tmpdir()];

/** The system's folder for temporary files, as the first process of the run saw it; a child may have another TMPDIR. */
export function systemTempDirs(inherited?: readonly string[]): readonly string[] {
  systemTemp = inherited ?? systemTemp;
  return systemTemp;
}

/** A policy, compiled for fast decisions. */
export class CompiledPolicy {
  readonly scope: Scope;
  readonly loopbackServers: boolean;
  readonly osWall: boolean;
  readonly programs: readonly string[];
  readonly tempDirs: readonly string[];
  /** Whether these folders were named, as the run's own. */
  readonly ownsTemp: boolean;
  /** Unix sockets that may be dialled wherever they are: absolute paths, and abstract names after an `@`. */
  readonly sockets: readonly string[];
  readonly #rules: readonly CompiledRule[];
  readonly #allowed = new Set<string>();

  constructor(readonly source: Policy) {
    this.scope = source.scope ?? 'none';
    this.loopbackServers = source.loopbackServers ?? false;
    this.osWall = source.osWall ?? false;
    this.programs = source.programs ?? [];
    this.ownsTemp = Boolean(source.tempDirs?.length);
    this.tempDirs = this.ownsTemp ? (source.tempDirs ?? []) : systemTemp;
    const allow = source.allow ?? [];
    this.sockets = allow.flatMap((rule) => socketOf(rule) ?? []);
    this.#rules = allow.filter((rule) => socketOf(rule) === undefined).map(compileRule);
  }

  /** Whether a rule covers this address and port. What is allowed stays allowed, so the answer is cached. */
  allowsAddress(address: string, port: number): boolean {
    if (this.#rules.length === 0) return false;
    const key = `${address} ${port}`;
    if (this.#allowed.has(key)) return true;
    const canonical = canonicalAddress(address);
    if (isMetadata(canonical)) return false;
    const allowed = this.#rules.some((rule) => fits(rule, port) && covers(rule, canonical));
    if (allowed) this.#allowed.add(key);
    return allowed;
  }

  /** Whether a name may be looked up at all, or for one port. */
  allowsName(name: string, port?: number): boolean {
    const wanted = canonicalName(name);
    if (isMetadata(wanted)) return false;
    if (wanted === 'localhost' && this.loopbackServers) return true;
    return this.#rules.some((rule) => (port === undefined || fits(rule, port)) && rule.matchesName(wanted));
  }

  /**
   * Records the addresses of an allowed name. At scope `public`, where providers rotate them, answers add up, except for
   * private addresses; at every other scope the first answer holds.
   */
  learn(name: string, addresses: readonly string[]): void {
    const wanted = canonicalName(name);
    if (isIP(wanted) || isMetadata(wanted)) return;
    const answers = addresses.map(canonicalAddress).filter((address) => !isMetadata(address));
    for (const rule of this.#rules) {
      if (rule.fixed || !rule.matchesName(wanted)) continue;
      const known = rule.pins.get(wanted);
      if (this.scope === 'public')
        rule.pins.set(
          wanted,
          new Set([...(known ?? []), ...answers.filter((address) => !isPrivate(address))]),
        );
      else rule.pins.set(wanted, firstAnswers(known, answers));
    }
  }

  /** Whether code may listen on this address. */
  allowsListening(address: string): boolean {
    const canonical = canonicalAddress(address);
    return (
      this.loopbackServers && (isLoopback(canonical) || isWildcard(canonical) || canonical === 'localhost')
    );
  }
}

function fits(rule: CompiledRule, port: number): boolean {
  return rule.port === undefined || rule.port === port;
}

function covers(rule: CompiledRule, address: string): boolean {
  if (rule.matchesAddress(address) || rule.fixed?.has(address)) return true;
  for (const addresses of rule.pins.values()) if (addresses.has(address)) return true;
  return false;
}

// IPv4 and IPv6 may be looked up separately: the first answer of each family holds.
function firstAnswers(known: ReadonlySet<string> = new Set(), answers: readonly string[]): Set<string> {
  const families = new Set([...known].map((address) => isIP(address)));
  return new Set([...known, ...answers.filter((address) => !families.has(isIP(address)))]);
}

function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
