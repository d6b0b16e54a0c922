/** Takes these secrets, and credentials in addresses, out of a text. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, 'REDACTED'), text);
  return withoutKnown.replace(/(\w:\/\/)[^\s/@]*@/g, '$1REDACTED@');
}

/** The last lines of a program's output that say something. */
export function lastLines(text: string, count: number): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== '').slice(-count);
}
