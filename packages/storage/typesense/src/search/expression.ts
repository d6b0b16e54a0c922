import { covered, exactly, isExactType, otherThan } from '../exact.js';

/** The type of a field; empty where nobody knows it, undefined where it cannot be one. */
export type TypeOf = (name: string) => string | undefined;

const CONDITION = /^([\p{L}_][\p{L}\p{N}_.]*)\s*:\s*(!?=)\s*(.+)$/su;
/** What could be a number or a truth as well as a text. */
const AMBIGUOUS = /^(true|false|[-+]?[\d.]+(e[-+]?\d+)?)$/i;

/** An expression of Typesense's own whose `:=` and `:!=` are exact, where the server would compare words. */
export function exactExpression(expression: string, typeOf: TypeOf): string {
  return split(expression, ['&&', '||', '(', ')'])
    .map((part) => {
      const [, name, operator, rest = ''] = CONDITION.exec(part.trim()) ?? [];
      if (name === undefined || name === 'id') return part;
      return ` ${exactCondition(part.trim(), { name, operator, rest }, typeOf(name))} `;
    })
    .join('');
}

function exactCondition(
  condition: string,
  { name, operator, rest }: { name: string; operator: string | undefined; rest: string },
  type: string | undefined,
): string {
  const values = valuesOf(rest);
  const compare = operator === '=' ? exactly : otherThan;
  if (type === undefined || values.some((value) => value === '' || /[^\\]\*$/.test(value))) return condition;
  if (type === 'float') {
    const numbers = values.map(Number);
    return operator === '=' && numbers.every(Number.isFinite) ? compare(name, numbers) : condition;
  }
  if (type !== '') return isExactType(type) ? compare(name, values) : condition;
  if (!values.every((value) => AMBIGUOUS.test(value))) return compare(name, values);
  return `((${covered(name, true)} && ${compare(name, values)}) || (${covered(name, false)} && ${condition}))`;
}

/** The value, or those between brackets, without the backticks around them. */
function valuesOf(text: string): string[] {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text;
  return split(inner, [','])
    .filter((part) => part !== ',')
    .map((part) => part.trim().replaceAll(/(?<!\\)`/g, ''));
}

/** Cuts at separators outside backticks and brackets, and keeps them. */
function split(text: string, separators: readonly string[]): string[] {
  const parts = [''];
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '`') quoted = !quoted;
    if (!quoted && char === '[') depth += 1;
    if (!quoted && char === ']') depth -= 1;
    const separator = !quoted && depth === 0 && separators.find((one) => text.startsWith(one, at));
    if (separator) {
      parts.push(separator, '');
      at += separator.length - 1;
    } else parts[parts.length - 1] += char;
  }
  return parts;
}
