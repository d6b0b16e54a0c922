import type { Properties } from './graph.js';
import type { Parameters } from './known.js';
import { aliveText } from './known.js';
import type { PackValue } from './packstream.js';
import { compare, compareText, isEqual } from './values.js';

/** The nodes and relationships that a condition reads, by the name of the variable. */
export type Bindings = Readonly<Record<string, { readonly properties: Properties }>>;

/** A compiled condition. */
export type Condition = (bindings: Bindings, parameters: Parameters) => boolean;

const COMPARISON = /^(\w+)\.`([^`]+)` (=|>|>=|<|<=|STARTS WITH|CONTAINS|IN) \$(\w+)$/;
const PRESENCE = /^(\w+)\.`([^`]+)` IS (NOT NULL|NULL)$/;
const ALIVE = /^\((\w+)\.`_expiresAt` IS NULL OR/;

type Compare = (left: PackValue, right: PackValue) => boolean;

const OPERATORS: Readonly<Record<string, Compare>> = {
  '=': isEqual,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  'STARTS WITH': onText((left, right) => left.startsWith(right)),
  CONTAINS: onText((left, right) => left.includes(right)),
  IN: (left, right) => (right as PackValue[]).some((one) => isEqual(left, one)),
};

/** All conditions of a WHERE, undefined when one of them is not known. */
export function parseConditions(text: string): Condition | undefined {
  const conditions = text.split(' AND ').map(parseCondition);
  if (conditions.includes(undefined)) return undefined;
  return (bindings, parameters) => conditions.every((condition) => condition?.(bindings, parameters));
}

function parseCondition(text: string): Condition | undefined {
  const alive = ALIVE.exec(text)?.[1];
  if (alive !== undefined && text === aliveText(alive)) return (bindings) => isAliveIn(bindings, alive);
  const presence = PRESENCE.exec(text);
  if (presence) {
    const [, variable = '', property = '', wanted] = presence;
    return (bindings) => (propertyOf(bindings, variable, property) === null) === (wanted === 'NULL');
  }
  const [, variable = '', property = '', operator = '', parameter = ''] = COMPARISON.exec(text) ?? [];
  const holds = OPERATORS[operator];
  if (!holds) return undefined;
  return (bindings, parameters) => {
    const value = propertyOf(bindings, variable, property);
    const other = parameters[parameter] ?? null;
    // Ids have an index, and the server compares in the order of the index.
    if (property === 'id' && operator === '>') return compareText(value as string, other as string) > 0;
    return value !== null && holds(value, other);
  };
}

function isAliveIn(bindings: Bindings, variable: string): boolean {
  const end = propertyOf(bindings, variable, '_expiresAt');
  return typeof end !== 'bigint' || end > BigInt(Date.now());
}

function propertyOf(bindings: Bindings, variable: string, property: string): PackValue {
  return bindings[variable]?.properties[property] ?? null;
}

function onText(holds: (left: string, right: string) => boolean): Compare {
  return (left, right) => typeof left === 'string' && typeof right === 'string' && holds(left, right);
}
