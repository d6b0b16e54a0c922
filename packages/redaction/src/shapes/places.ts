import { looksOpaque } from '../text/opaque.js';

/** A place where a secret stands: a pattern of linear cost whose match ends with the secret, its last group. */
export interface Place {
  /** Texts of at least three characters of which every match contains one; a cheap test before the pattern. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
  /** Which finds are no secrets although they stand there. */
  readonly accepts?: (secret: string) => boolean;
}

/** What may stand between a command and its flag. */
const ARGUMENTS = String.raw`\b[^\r\n|;&]{0,400}?\s`;
const WORD = String.raw`["']?([^\s"'\\]{1,256})`;
const BREAK = String.raw`(?:\r?\n|\\r\\n|\\n)`;
const PERCENT = '%(?:25){0,3}';

const command = (hints: readonly string[], names: string, flags: string, value = WORD): Place => ({
  hints,
  pattern: new RegExp(`\\b(?:${names})${ARGUMENTS}${flags}${value}`, 'g'),
});

/** Places that a text of their own tells. */
export const PLACES: readonly Place[] = [
  // Command lines
  command(
    ['curl', 'http ', 'https ', 'wget'],
    'curl|https?|wget',
    String.raw`(?:-[a-zA-Z]{0,8}[uUa]|--user|--proxy-user|--auth)[ \t=]{1,4}`,
    String.raw`["']?[^\s"':]{0,128}:([^\s"'\\]{1,256})`,
  ),
  command(
    ['mysql', 'mariadb'],
    String.raw`(?:mysql|mariadb)\w{0,16}`,
    '-p',
    String.raw`["']?([^\s"'-][^\s"']{0,256})`,
  ),
  command(
    ['sshpass', ' login', 'mongo'],
    `sshpass|(?:docker|podman|az|oc|helm registry) login|mongosh?`,
    String.raw`-p[ \t]{1,4}`,
  ),
  command(['zip -', 'sqlcmd', 'bcp '], 'zip|unzip|sqlcmd|bcp', String.raw`-P[ \t]{0,4}`),
  command(['redis-cli', 'valkey-cli'], 'redis-cli|valkey-cli', String.raw`-a[ \t]{1,4}`),
  command(['openssl'], 'openssl', String.raw`(?:-k[ \t]{1,4}|-pass(?:in|out)?[ \t]{1,4}pass:)`),
  { hints: ['<<<'], pattern: /--with-token[ \t]{0,4}<<<[ \t]{0,4}["']?([^\s"']{1,256})/g },
  { hints: ['login'], pattern: /\blogin[ \t]{1,4}\S{1,64}[ \t]{1,4}password[ \t]{1,4}(\S{1,256})/g },
  // Addresses without a scheme
  { hints: ['thin:'], pattern: /\bthin:[\w.-]{1,64}\/([^\s@"']{1,128})(?=@)/g },
  {
    hints: ['%3A', '%3a', '%253A', '%253a'],
    pattern: new RegExp(
      `${PERCENT}3A${PERCENT}2F${PERCENT}2F((?:(?!${PERCENT}(?:40|2F|3F))[^\\s"'\`<>&@]){1,256})(?=${PERCENT}40|@)`,
      'gi',
    ),
  },
  // Headers, keys and statements
  {
    hints: ['Digest ', 'digest ', 'DIGEST '],
    pattern:
      /\bDigest[ \t]{1,4}((?:[\w-]{1,20}=(?:\\{0,3}"[^"\\\r\n]{0,256}\\{0,3}"|[^\s,"\\]{1,256})(?:,[ \t]{0,4})?){1,16})/gi,
  },
  { hints: ['kty'], pattern: /["'](?:d|p|q|dp|dq|qi|k)\\{0,3}["']?\s?:\s?\\{0,3}["']([\w-]{20,})/g },
  {
    hints: ['PASSWORD', 'password', 'Password', 'IDENTIFIED', 'identified'],
    pattern:
      /\b(?:PASSWORD|IDENTIFIED(?:[ \t]{1,4}WITH[ \t]{1,4}\w{1,40})?[ \t]{1,4}(?:BY|AS))(?:[ \t]{1,4}FOR[ \t]{1,4}\S{1,80})?(?:[ \t]{0,4}=[ \t]{0,4}|[ \t]{1,4}FROM[ \t]{1,4}|[ \t]{1,4})(?:PASSWORD\()?(?:'([^'\r\n]{1,256})|"([^"\r\n]{1,256}))/gi,
  },
  {
    hints: ['PASSWORD', 'password', 'Password'],
    pattern: /\bPASSWORD[ \t]{1,4}FROM[ \t]{1,4}\S{1,256}[ \t]{1,4}TO[ \t]{1,4}['"]([^'"\r\n]{1,256})/gi,
  },
  { hints: ['Password('], pattern: /\b(?:change|set|update)Password\(\s{0,4}["']([^"'\r\n]{1,256})/gi },
  {
    hints: ['AUTH ', 'AUTH2 ', 'AUTH\t'],
    pattern: /\bAUTH2?[ \t]{1,4}(?:[^\s"'\\]{1,64}[ \t]{1,4})?([^\s"'\\]{6,256})/g,
    accepts: looksOpaque,
  },
  {
    hints: ['AUTH\r', 'AUTH\n', 'AUTH\\r', 'AUTH\\n'],
    pattern: new RegExp(
      String.raw`\bAUTH${BREAK}(?:\$\d{1,5}${BREAK}[^\r\n\\$]{0,64}${BREAK}){0,1}\$\d{1,5}${BREAK}([^\r\n\\]{1,512})`,
      'g',
    ),
  },
  {
    hints: ['requirepass', 'masterauth', 'primaryauth'],
    pattern: /\b(?:requirepass|masterauth|primaryauth)[ \t]{1,4}["']?([^\s"']{1,256})/gi,
  },
  { hints: ['SETUSER', 'setuser'], pattern: /\bSETUSER\b[^\r\n]{0,400}?[ \t]>([^\s"']{1,256})/gi },
  { hints: ['PASS '], pattern: /(?<![\w.])PASS[ \t]([^\s"'/.]{6,256})/g, accepts: looksOpaque },
  // Prose
  {
    hints: ['token ', 'Token ', 'TOKEN '],
    pattern: /\btoken[ \t]{1,2}["'`]?([\w-]{20,})/gi,
    accepts: (text) => /\d/.test(text),
  },
  {
    hints: ['API key', 'api key', 'API Key'],
    pattern: /\bAPI key(?:[ \t]\w{1,16}){0,3}:[ \t]{0,2}["'`]?([\w*.-]{8,256})/gi,
    accepts: looksOpaque,
  },
];

/** Places without a text of their own, behind a pattern that is seldom met. */
export const BARE_PLACES: readonly (Omit<Place, 'hints'> & { readonly hint: RegExp })[] = [
  {
    hint: /[^\s:@/"'`<>]@(?:tcp\(|unix\(|(?!sha\d)[\w.-]{1,128}(?::\d|\/))/,
    pattern:
      /(?<![\w:/@.%-])[\w.-]{1,64}:([^\s:@/"'`<>]{3,256})(?=@(?:(?:tcp|unix)\(|(?!sha\d)[\w.-]{1,128}(?::\d{1,5}|\/)))/g,
    accepts: looksOpaque,
  },
  {
    hint: /:(?:\d{1,5}|\*):[\w*-]{1,64}:[\w*-]{1,64}:/,
    pattern: /(?<![\w:.-])[\w.*-]{1,64}:(?:\d{1,5}|\*):[\w*-]{1,64}:[\w*-]{1,64}:([^\s:"']{6,256})/g,
    accepts: looksOpaque,
  },
];
