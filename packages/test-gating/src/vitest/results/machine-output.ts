import type { Vitest } from 'vitest/node';

/** Vitest's reporters for programs by the name of their class, which an instance of the configuration has. */
const MACHINE_REPORTERS: Readonly<Record<string, string>> = {
  JsonReporter: 'json',
  JUnitReporter: 'junit',
  TapReporter: 'tap',
  TapFlatReporter: 'tap-flat',
};
/** Those that write a file where the configuration names one. */
const INTO_FILES = ['json', 'junit'];

/** Whether a machine-readable reporter writes to standard output, so that nothing else may stand there. */
export function hasMachineOutput({ config }: Pick<Vitest, 'config'>): boolean {
  const { outputFile } = config;
  return (config.reporters as unknown[]).some((entry) => {
    const { name, options } = reporterOf(entry);
    if (!Object.values(MACHINE_REPORTERS).includes(name)) return false;
    const file = options?.outputFile ?? (typeof outputFile === 'object' ? outputFile[name] : outputFile);
    return !INTO_FILES.includes(name) || !file;
  });
}

function reporterOf(entry: unknown): { name: string; options?: { outputFile?: string } | undefined } {
  if (typeof entry === 'string') return { name: entry };
  if (Array.isArray(entry)) return { name: String(entry[0]), options: entry[1] };
  for (let type = Object.getPrototypeOf(entry); type; type = Object.getPrototypeOf(type)) {
    const name = MACHINE_REPORTERS[type.constructor?.name];
    if (name !== undefined) return { name, options: (entry as { options?: object }).options };
  }
  return { name: '' };
}
