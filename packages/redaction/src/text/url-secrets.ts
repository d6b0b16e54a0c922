import { createSecretNames } from '../names/name-rules.js';

const names = createSecretNames();

/** Between several URLs in one value. */
const BETWEEN_URLS = /[\s,;]+(?=[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;

/** The secrets inside a URL or several (login, password, secret parameters; raw and decoded), or undefined when the text is not a URL with an authority. */
export function secretPartsOfUrl(text: string): string[] | undefined {
  const [first = '', ...others] = text.trim().split(BETWEEN_URLS);
  const parts = partsOfOne(first);
  return parts && [...parts, ...others.flatMap((url) => partsOfOne(url) ?? [])];
}

function partsOfOne(text: string): string[] | undefined {
  const authority = /^\s*[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(text);
  if (authority === null) return undefined;
  return [...loginParts(text.slice(authority[0].length).trim()), ...parameterParts(text)].flatMap((part) => [
    part,
    decoded(part),
  ]);
}

function loginParts(rest: string): string[] {
  // The last @ before path or query; where a password holds an unencoded slash, the last @ at all.
  const strictEnd = rest.search(/[/?#]/);
  const strict = strictEnd === -1 ? rest : rest.slice(0, strictEnd);
  const at = strict.includes('@') ? strict.lastIndexOf('@') : looseLoginEnd(rest);
  if (at === -1) return [];
  const login = rest.slice(0, at);
  const colon = login.indexOf(':');
  // Without a password the user part itself is a token, as in a Sentry DSN.
  return colon === -1
    ? [login]
    : [login, `${decoded(login.slice(0, colon))}:${decoded(login.slice(colon + 1))}`, login.slice(colon + 1)];
}

function looseLoginEnd(rest: string): number {
  return /^[^\s/?#:@[]*:(?!\d{1,5}(?:[/?#]|$))/.test(rest) ? rest.lastIndexOf('@') : -1;
}

function parameterParts(text: string): string[] {
  const parameters = text.matchAll(/[?&;]([^=&;#\s]{1,64})=([^&;#\s]*)/g);
  return Array.from(parameters)
    .filter((match) => names.isSecretParameter(match[1] ?? ''))
    .map((match) => match[2] ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
