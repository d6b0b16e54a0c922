/** Lines of a multi-line secret are looked for singly from this length on. */
const MIN_LINE_LENGTH = 16;

/** A base64 form that lost its borders to neighbouring bytes is looked for from this length on. */
const MIN_BASE64_LENGTH = 8;

/** The ways one secret is commonly written: as it is, URL-encoded, base64, JSON-, XML- and quote-escaped, hexadecimal, line by line. */
export function encodedForms(secret: string): string[] {
  const plain = secret.trim();
  const pieces = [plain, ...longLines(plain)];
  return [
    ...new Set([...pieces.flatMap(escapedForms), ...base64Forms(plain), Buffer.from(plain).toString('hex')]),
  ];
}

function longLines(text: string): string[] {
  if (!/[\r\n]/.test(text)) return [];
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line.length >= MIN_LINE_LENGTH && !line.startsWith('-----'));
}

function escapedForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('\\"', '"').replaceAll("'", "\\'"),
    xml,
    xml.replaceAll('"', '&quot;'),
    xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    xml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    ...percentForms(text),
  ];
}

function percentForms(text: string): string[] {
  let component: string;
  let whole: string;
  try {
    component = encodeURIComponent(text);
    whole = encodeURI(text);
  } catch {
    // A lone surrogate has no URL-encoded form.
    return [];
  }
  // encodeURIComponent leaves !'()* alone; form encoding and strict encoders do not.
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [component, whole, strict, strict.replaceAll('%20', '+'), component.replaceAll('%20', '+')];
  return forms.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** Base64 of the secret alone and, for each of the three alignments, the part that no neighbouring byte changes. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  const whole = bytes.toString('base64');
  const inner = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const fixedEnd = (bytes.length + offset) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(offset === 0 ? 0 : offset + 1, fixedEnd);
  });
  const forms = [whole, whole.replace(/=+$/, ''), ...inner].filter(
    (form) => form.length >= MIN_BASE64_LENGTH,
  );
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
