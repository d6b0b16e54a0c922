import { createRedactor, pickSecrets, type Redactor } from '@drydock/redaction';
import { plainText } from '../classify/plain-text.js';
import { fromTraceback } from './traceback.js';

const READ = 64 * 1024;
const NAME_LENGTH = 1_000;
/** A colour whose first character an XML reporter had to drop. */
const BROKEN_ESCAPE = /\[\d{1,3}(?:;\d{1,3})*m/g;

/** Makes somebody else's text fit to be shown: redacted first, then without control characters, then cut. */
export class TextCleaner {
  readonly #redactor: Redactor;

  constructor(env: NodeJS.ProcessEnv = process.env, commonValues: Iterable<string> = []) {
    this.#redactor = createRedactor({ values: pickSecrets(env), commonValues });
  }

  /** Words of an error. */
  text(text: string): string {
    const read = text.slice(0, READ);
    // Python tells the error last, where a cut would take it.
    return plainText(this.#redactor.text(fromTraceback(read.trim()) ?? read));
  }

  /** Name of a test or a file: one line. */
  name(text: string): string {
    return plainText(this.#redactor.text(text.slice(0, READ)), NAME_LENGTH)
      .replace(BROKEN_ESCAPE, '')
      .replace(/\s+/g, ' ')
      .trim();
  }
}
