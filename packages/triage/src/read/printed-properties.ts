import type { ErrorFacts } from '../classify/facts.js';

const TEXTS = ['code', 'kind', 'outcome', 'syscall', 'backend', 'provider', 'address', 'hostname'] as const;
const NUMBERS = ['status', 'statusCode', 'httpStatus', 'code', 'port'] as const;

/** Reads the properties that a report prints of an error: `{ code: 'ECONNREFUSED', port: 1, nested: { … } }`. */
export function propertiesIn(printed: string): Partial<ErrorFacts> {
  const top = topLevelOf(printed);
  const text = (name: string) =>
    new RegExp(`(?:^|[\\s,{])${name}: ['"\`]([^'"\`]{1,200})`, 'u').exec(top)?.[1];
  const number = (name: string) => {
    const digits = new RegExp(`(?:^|[\\s,{])${name}: (\\d{1,5})\\b`, 'u').exec(top)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const texts = Object.fromEntries(TEXTS.map((name) => [name, text(name)]));
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, number(name)]));
  const host = texts.address ?? texts.hostname;
  const status =
    [numbers.status, numbers.statusCode, numbers.httpStatus, numbers.code].find(isStatus) ??
    answeredIn(printed);
  const origin = texts.backend ?? texts.provider;
  const retriable = /(?:^|[\s,{])retriable: (true|false)/u.exec(top)?.[1];
  return {
    ...(texts.code && { code: texts.code }),
    ...(texts.kind && { kind: texts.kind }),
    ...(texts.outcome && { outcome: texts.outcome }),
    ...(texts.syscall && { syscall: texts.syscall }),
    ...(origin && { origin }),
    ...(status !== undefined && { status }),
    ...(host && { endpoint: numbers.port === undefined ? host : `${host}:${numbers.port}` }),
    ...(retriable && { retriable: retriable === 'true' }),
    ...(/(?:^|[\s,{])swallowed: true/u.test(top) && { swallowed: true }),
  };
}

/** An exit status is never as high. */
function isStatus(value: number | undefined): boolean {
  return value !== undefined && value >= 300 && value < 600;
}

/** The status of an answer that an error keeps: `meta: { statusCode: 401 }`. */
function answeredIn(printed: string): number | undefined {
  const digits =
    /\b(?:meta|response|\$metadata): \{[\s\S]{0,600}?\b(?:statusCode|httpStatusCode|status): ([45]\d\d)\b/u.exec(
      printed,
    )?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Drops the contents of inner braces and brackets: a property in there belongs to another object. */
function topLevelOf(printed: string): string {
  let depth = 0;
  let quote = '';
  let kept = '';
  for (let index = 0; index < printed.length; index += 1) {
    const character = printed[index] as string;
    const wasInside = depth > 1;
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"' || character === '`') quote = character;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (!wasInside && depth <= 1) kept += character;
  }
  return kept;
}
