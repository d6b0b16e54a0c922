import { createRedactor } from '@drydock/redaction';

/** Takes these secrets, and whatever else looks like one, out of a text. */
export function redact(text: string, secrets: readonly string[]): string {
  return createRedactor({ values: secrets }).text(text);
}

/** The last lines of a program's output that say something. */
export function lastLines(text: string, count: number): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== '').slice(-count);
}
