import type { RedactorOptions } from '@drydock/redaction';
import { type DrydockField, UsageError } from '@drydock/workspace';

/** What a project says about its secrets beside the built-in rules. */
export interface RedactionOptions {
  /** Further names of variables, properties, headers and parameters that hold secrets, in any case. @default [] */
  readonly names?: readonly string[];
  /** Further secret values, or patterns of them such as `/acme_[a-z0-9]{32}/`. @default [] */
  readonly values?: readonly (string | RegExp)[];
  /** Values, or patterns of whole values, that look like secrets and are none, such as a made-up key of the tests. @default [] */
  readonly allow?: readonly (string | RegExp)[];
}

/** A secret value under the name of its variable. */
export type NamedSecret = readonly [name: string, value: string];

/** The project's options as those of a redactor that knows these values too. */
export function redactorOptions(
  { names = [], values = [], allow = [] }: RedactionOptions,
  known: readonly NamedSecret[],
): RedactorOptions {
  return {
    names,
    allow,
    values: [...known, ...values.filter((value) => typeof value === 'string')],
    patterns: values.filter((value) => typeof value !== 'string'),
  };
}

/** The options of the package.json, where a text in slashes is a pattern, and those given to `drydock()`, as one. */
export function mergedRedaction(
  field: DrydockField['redaction'] = {},
  given: RedactionOptions = {},
): RedactionOptions {
  return {
    names: [...(field.names ?? []), ...(given.names ?? [])],
    values: [...(field.values ?? []).map(patternOf), ...(given.values ?? [])],
    allow: [...(field.allow ?? []).map(patternOf), ...(given.allow ?? [])],
  };
}

/**
 * Checks the options given to `drydock()`.
 *
 * @throws UsageError that names the option and what it takes, never a value.
 */
export function checkRedaction(options: RedactionOptions): void {
  for (const [option, entries] of Object.entries(options) as [string, unknown][]) {
    const isGood = (entry: unknown) =>
      (typeof entry === 'string' && entry !== '') || (entry instanceof RegExp && option !== 'names');
    if (Array.isArray(entries) && entries.every(isGood)) continue;
    const kinds = option === 'names' ? 'texts' : 'texts or regular expressions';
    throw new UsageError(`drydock({ redaction: { ${option} } }) is not a list of ${kinds}.`);
  }
}

function patternOf(entry: string): string | RegExp {
  const [, source] = /^\/(.+)\/$/s.exec(entry) ?? [];
  if (source === undefined) return entry;
  try {
    return new RegExp(source);
  } catch (error) {
    throw new UsageError(`package.json: drydock.redaction: ${(error as Error).message}`);
  }
}
