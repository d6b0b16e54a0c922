import { PREFIXED_KEYS } from './prefixed-keys.js';

/** A kind of key that is recognised by how it looks, whatever stands around it. */
export interface ValueShape {
  /** What the replacement shows: `[redacted github-token]`. */
  readonly name: string;
  /** Texts of at least three characters of which every match contains one: a cheap test before the pattern. */
  readonly hints: readonly string[];
  /** Global pattern of linear cost: no two neighbouring parts can match the same characters. */
  readonly pattern: RegExp;
  /** Where the format is described. */
  readonly source: string;
}

const GITLEAKS = 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml';

/** What a private key in PEM may hold between its lines: also JSON-escaped, URL-encoded, in XML, or prefixed line by line. */
const PEM_BODY = String.raw`(?:(?!-----)(?:[\w\s+/=\\,:|>.%&#;@()-]|['"\x60][ \t]{0,4}\+\s{0,80}['"\x60])){0,20000}`;
const PEM_BLANK = '(?:[ +]|%20)';
const PEM_HEAD = `(?:[A-Z0-9]{1,20}${PEM_BLANK}){0,4}PRIVATE${PEM_BLANK}KEY(?:${PEM_BLANK}BLOCK)?-----`;

/** Shapes that are more than a prefix and a run of characters. */
const FORMATS: readonly ValueShape[] = [
  {
    name: 'sk-api-key',
    hints: ['sk-'],
    // A digit is asked for, so that a style sheet's class such as sk-fading-circle stays; the look-ahead is entered once a run.
    pattern: /(?<![\w-])sk-(?=[A-Za-z_-]*\d)[\w-]{16,}/g,
    source: 'https://platform.openai.com/docs/api-reference/authentication',
  },
  {
    name: 'elevenlabs-api-key',
    hints: ['sk_'],
    pattern: /(?<![\w-])sk_[a-f0-9]{40,}(?!\w)/g,
    source: 'https://elevenlabs.io/docs/api-reference/authentication',
  },
  {
    name: 'terraform-token',
    hints: ['.atlasv1.'],
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}/g,
    source: GITLEAKS,
  },
  {
    name: 'slack-webhook',
    hints: ['hooks.slack.com'],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/+-]{20,}/g,
    source: GITLEAKS,
  },
  {
    name: 'discord-webhook',
    hints: ['/api/webhooks/'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{15,20}\/[\w-]{50,}/g,
    source: GITLEAKS,
  },
  {
    name: 'teams-webhook',
    hints: ['.webhook.office.com'],
    pattern: /[a-z0-9]{1,40}\.webhook\.office\.com\/webhookb2\/[\w@/-]{60,}/g,
    source: GITLEAKS,
  },
  {
    name: 'telegram-token',
    hints: [':AA'],
    // Without a border to the left: it stands in a path as bot123:AA….
    pattern: /(?<!\d)\d{8,10}:AA[\w-]{32,34}/g,
    source: GITLEAKS,
  },
  {
    name: 'discord-bot-token',
    // It begins with a number in base64.
    hints: [...'MNO'].flatMap((a) => [...'DTjz'].flatMap((b) => [...'AEIMQUYcgk'].map((c) => a + b + c))),
    pattern: /(?<![\w.-])[MNO][DTjz][A-Za-z\d]{21,25}\.[\w-]{6}\.[\w-]{27,40}/g,
    source: 'https://discord.com/developers/docs/reference#authentication',
  },
  {
    name: 'firebase-key',
    hints: [':APA91b'],
    pattern: /(?<![\w-])AAAA[\w-]{7}:APA91b[\w-]{100,}/g,
    source: 'https://firebase.google.com/docs/cloud-messaging',
  },
  {
    name: 'airtable-token',
    hints: ['pat'],
    pattern: /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/g,
    source: GITLEAKS,
  },
  {
    name: 'azure-client-secret',
    hints: [...'0123456789'].map((digit) => `${digit}Q~`),
    pattern: /(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}/g,
    source: GITLEAKS,
  },
  {
    name: 'azure-key',
    hints: ['JQQJ99', 'AzFu', 'ACDb', 'AIoT', 'ASbT', 'AzCa', 'AzSe', 'APIM'],
    pattern:
      /(?<![\w+/])[A-Za-z0-9]{50,54}JQQJ99[A-Za-z0-9]{20,30}|(?<![\w+/])[A-Za-z0-9+/]{33,77}(?:AzFu|ACDb|AIoT|ASbT|AzCa|AzSe|APIM)[A-Za-z0-9+/]{5,6}={0,2}(?![A-Za-z0-9+/])/g,
    source: 'https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key',
  },
  {
    name: 'asana-token',
    hints: [...'012'].flatMap((first) => [...'0123456789'].map((digit) => `${first}/${digit}`)),
    pattern: /(?<![\w/])[0-2]\/\d{10,20}(?:\/\d{10,20})?:[a-f0-9]{32}/g,
    source: 'https://developers.asana.com/docs/personal-access-token',
  },
  {
    name: 'mailchimp-key',
    hints: [...'123456789'].map((digit) => `-us${digit}`),
    pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}-us\d{1,2}(?!\w)/g,
    source: GITLEAKS,
  },
  {
    name: 'authress-key',
    hints: ['.acc-', '.acc_'],
    pattern:
      /(?<![A-Za-z0-9])(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[\w+/=-]{30,}/g,
    source: GITLEAKS,
  },
  {
    name: 'maxmind-key',
    hints: ['_mmk'],
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk/g,
    source: GITLEAKS,
  },
  {
    name: 'jwt',
    hints: ['eyJ'],
    // The second of five parts is empty where a key is used directly.
    pattern: /(?<![\w-])eyJ[\w-]{8,}\.(?:[\w-]{8,}(?:\.[\w-]*){1,3}|(?:\.[\w-]{8,}){2}\.[\w-]*)/g,
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    name: 'jwt',
    hints: ['ZXlK'],
    pattern: /(?<![\w+/])ZXlK[A-Za-z0-9+/]{60,}={0,2}/g,
    source: GITLEAKS,
  },
  {
    name: 'private-key',
    hints: ['PRIVATE'],
    // Also cut short: up to the closing line, or as far as it looks like a key.
    pattern: new RegExp(
      `-----BEGIN${PEM_BLANK}${PEM_HEAD}${PEM_BODY}(?:-----END${PEM_BLANK}[A-Z0-9 +%]{0,60}-----)?`,
      'g',
    ),
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
  },
  {
    name: 'private-key',
    // "-----BEGIN" in base64, then "PRIVATE KEY" in one of its three alignments.
    hints: ['LS0tLS1CRUdJT'],
    pattern:
      /LS0tLS1CRUdJT[A-Za-z0-9+/]{0,40}(?:UFJJVkFURSBLRV|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW)(?:[A-Za-z0-9+/]|\s|\\[nr])*={0,2}/g,
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
  },
  {
    name: 'putty-key',
    hints: ['Private-Lines:'],
    pattern:
      /Private-Lines:[ \t]{0,4}\d{1,5}(?:(?:\\[rn]|['"] \+[\r\n]{1,2}|[\r\n \t>|'"-]){1,40}[A-Za-z0-9+/=]{8,128}){0,200}/g,
    source: 'https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html',
  },
];

/** The key formats of model providers, storage services and development platforms that can be told by their look. */
export const VALUE_SHAPES: readonly ValueShape[] = [
  ...PREFIXED_KEYS.map(({ name, prefixes, rest, source }) => ({
    name,
    hints: prefixes,
    // Not inside a longer word; the prefix anchors it, so a long run is entered once.
    pattern: new RegExp(`${borderOf(prefixes)}(?:${prefixes.map(escaped).join('|')})${rest}`, 'g'),
    source,
  })),
  ...FORMATS,
];

/** Prefixes that nothing but a key begins with, of which a message may show a part: `ghp_aB3dE6…`. */
const CUT_PREFIXES = PREFIXED_KEYS.flatMap(({ prefixes }) => prefixes).filter((prefix) =>
  /^(?=.*[_.\d]).{4,}$|^(?:AKIA|ASIA|AIza)$/.test(prefix),
);

/** A key that somebody cut short; looked for only where a text holds an ellipsis. */
export const CUT_KEY = new RegExp(
  `(?<![A-Za-z0-9])(?:sk-|${CUT_PREFIXES.map(escaped).join('|')})(?=[A-Za-z_.-]*\\d)[\\w+/=.-]{10,}?(?=…|\\.\\.\\.)`,
  'g',
);

/** The names that replacements of key-shaped values show. */
export const SHAPE_NAMES: ReadonlySet<string> = new Set([...VALUE_SHAPES.map(({ name }) => name), 'cut-key']);

/** A prefix of letters and digits alone comes about by chance in the base64 of a picture. */
function borderOf(prefixes: readonly string[]): string {
  return prefixes.every((prefix) => /[^A-Za-z0-9]/.test(prefix)) ? '(?<![A-Za-z0-9])' : '(?<![A-Za-z0-9+/])';
}

function escaped(text: string): string {
  return text.replace(/[.$+/]/g, '\\$&');
}
