import type { JsonSchema } from '../../contract/index.js';
import { escaped, isRecord, resolved } from './child-schemas.js';

/** The schema without the requirement of members that lead back to a schema which contains itself, and where they were. */
export function withOptionalCycles(root: JsonSchema): { schema: JsonSchema; dropped: string[] } {
  const dropped: string[] = [];
  const recursive = new Set(referencesIn(root).filter((reference) => leadsTo(reference, reference, root)));
  const relaxed = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => relaxed(item, `${at}/${index}`));
    if (!isRecord(value)) return value;
    const copy = Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, relaxed(member, `${at}/${escaped(name)}`)]),
    );
    const { properties, required } = value;
    if (!isRecord(properties) || !Array.isArray(required)) return copy;
    const kept = required.filter((name) => !referencesIn(properties[name]).some((one) => recursive.has(one)));
    if (kept.length < required.length) dropped.push(`${at}/required`);
    return { ...copy, required: kept };
  };
  return recursive.size === 0
    ? { schema: root, dropped }
    : { schema: relaxed(root, '') as JsonSchema, dropped };
}

function leadsTo(target: string, from: string, root: JsonSchema, seen = new Set<string>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const next = referencesIn(resolved(root, from));
  return next.includes(target) || next.some((reference) => leadsTo(target, reference, root, seen));
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : referencesIn(member),
  );
}
