import type { SecretNames } from '../names/name-rules.js';
import { looksOpaque } from './opaque.js';
import type { Range } from './value-scanner.js';

const QUOTE = String.raw`\\{0,3}["']`;
const NAME = String.raw`([A-Za-z_][\w.$-]{1,63})`;
const BREAK = String.raw`(?:\r?\n|\\r\\n|\\n)`;
const PERCENT = '%(?:25){0,3}';

/** A name in one place and its value in another: the first group is the name, and the match ends with the value, the second. */
interface Pair {
  readonly hint: RegExp;
  readonly pattern: RegExp;
  /** Whether the name counts as that of a parameter. */
  readonly isParameter?: boolean;
  /** Where anything may stand after the name, only what looks made by a machine is a value. */
  readonly onlyOpaque?: boolean;
}

const PAIRS: readonly Pair[] = [
  // `"X-Api-Key", "value"` in raw headers, tuples and calls
  {
    hint: /["'][ \t]{0,4},/,
    pattern: new RegExp(`${QUOTE}${NAME}${QUOTE}[ \\t]{0,4},\\s{0,80}${QUOTE}([^"'\\r\\n\\\\]{1,4096})`, 'g'),
    onlyOpaque: true,
  },
  // `name="password" value="value"` in XML, JSON, YAML
  {
    hint: /(?:value|content)\\{0,3}["']?\s{0,4}[=:]\s{0,4}\S/i,
    pattern: new RegExp(
      `\\b(?:name|key|id)(?:${QUOTE})?\\s{0,4}[=:]\\s{0,4}(?:${QUOTE})?${NAME}(?:${QUOTE})?[\\s,;]{1,80}(?:[a-z]{1,16}=["'][^"'\\r\\n]{0,64}["']\\s{1,4}){0,3}(?:${QUOTE})?(?:value|content)(?:${QUOTE})?\\s{0,4}[=:]\\s{0,4}(?:${QUOTE})?([^\\s"'\\\\<>]{1,4096})`,
      'gi',
    ),
    onlyOpaque: true,
  },
  // Elements of XML, also escaped
  {
    hint: /<\/|&lt;\//,
    pattern:
      /(?:<|&lt;)(?:[\w-]{1,32}:)?([A-Za-z][\w.-]{0,63})(?:\s[^<>]{0,200})?(?:>|&gt;)([^<>&{}$%\s]{4,4096})(?=(?:<|&lt;)\/)/g,
  },
  {
    hint: /<\//,
    pattern: /\bname="([\w.-]{1,64})"[^<>]{0,100}>([^<>&{}$%\s]{4,4096})(?=<\/)/g,
  },
  // Parts of a form
  {
    hint: /name=/,
    pattern: new RegExp(
      `\\bname=(?:${QUOTE})?([\\w.-]{1,64})(?:${QUOTE})?(?:;[^\\r\\n\\\\]{0,100})?${BREAK}(?:[\\w-]{1,40}:[^\\r\\n\\\\]{0,100}${BREAK}){0,4}${BREAK}([^\\r\\n\\\\]{1,4096})`,
      'g',
    ),
  },
  // Parameters of a URL within a URL
  {
    hint: /%(?:25){0,3}3D/i,
    pattern: new RegExp(
      `(?:${PERCENT}(?:3F|26|23|3B)|[?&;#=])([\\w.-]{1,64})${PERCENT}3D((?:(?!${PERCENT}(?:26|23|3B))[^\\s"'\`<>&\\\\]){1,4096})`,
      'gi',
    ),
    isParameter: true,
  },
];

/** Every value whose name stands in a place of its own. */
export function findPairs(text: string, names: SecretNames): Range[] {
  return PAIRS.filter(({ hint }) => hint.test(text)).flatMap(({ pattern, isParameter, onlyOpaque }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const [whole, name = '', value = ''] = match;
      if (!(isParameter ? names.isSecretParameter(name) : names.isSecret(name))) return [];
      // The value of such a header has blanks in it.
      if (onlyOpaque && !(names.isSecretHeader(name) ? !names.isSecret(value) : looksOpaque(value)))
        return [];
      const end = match.index + whole.length;
      return [{ start: end - value.length, end }];
    }),
  );
}
