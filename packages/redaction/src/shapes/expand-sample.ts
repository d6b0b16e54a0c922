const ALPHABETS: Readonly<Record<string, string>> = {
  a: 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789',
  l: 'abcdefghijkmnpqrstuvwxyz23456789',
  u: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  h: '0123456789abcdef',
  d: '0123456789',
};

/** A made-up text, and the parts of it that are secret. */
export interface Sample {
  readonly text: string;
  readonly secrets: readonly string[];
}

/**
 * Makes a text of a template: `ghp_{a36}` becomes `ghp_` and 36 letters and digits. The letters name alphabets: `a` letters and
 * digits, `l` in lower case, `u` in upper case, `h` hexadecimal, `d` digits. So nothing in this repository looks like a key to a
 * scanner, and every sample is the same in every run. `\n` is a line break, `\\n` the two characters.
 */
export function expandSample(template: string, seed = template.length): Sample {
  let state = seed * 2_654_435_761 + 1;
  const next = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return (state >>> 8) % below;
  };
  const secrets: string[] = [];
  const unescaped = template.replace(/(\\?)\\([nr])/g, (_, kept: string, char: string) =>
    kept === '' ? (char === 'n' ? '\n' : '\r') : `\\${char}`,
  );
  const text = unescaped.replace(/\{([aluhd])(\d+)\}/g, (_, kind: string, length: string) => {
    const alphabet = ALPHABETS[kind] ?? '';
    const made = Array.from({ length: Number(length) }, () => alphabet[next(alphabet.length)]).join('');
    // The first two characters are a letter and a digit, so that every run of some length has both.
    const secret = kind === 'd' || made.length < 6 ? made : `${kind === 'u' ? 'B7' : 'b7'}${made.slice(2)}`;
    if (secret.length >= 6) secrets.push(secret);
    return secret;
  });
  return { text, secrets };
}

/** The lines of a text block, without blank ones and indentation. */
export function linesOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
