/** Markup that is safe to put into a page as it stands. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | string | number | readonly Markup[];

/** Makes markup of a template: what is put in is text, save what is markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = strings.map((string, index) => string + (index < values.length ? render(values[index]) : ''));
  return new Markup(parts.join(''));
}

/** Markup for each item, one after another. */
export function each<T>(items: readonly T[], make: (item: T) => Markup): Markup {
  return new Markup(items.map((item) => make(item).text).join('\n'));
}

function render(value: Content | undefined): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map((part: Markup) => part.text).join('\n');
  return escaped(String(value ?? ''));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Data for a script element: no text in it can end the element or the line. */
export function jsonForScript(value: unknown): Markup {
  const escapes = { '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' };
  return new Markup(
    JSON.stringify(value).replace(
      /[<\u2028\u2029]/g,
      (character) => escapes[character as keyof typeof escapes],
    ),
  );
}
