import { inject, type TestRunner } from 'vitest';

/** The runner to put the gate in front of: the project's own (`test.runner`) where it has one. */
export async function loadBaseRunner(vitestRunner: typeof TestRunner): Promise<typeof TestRunner> {
  const path = inject('drydockBaseRunner');
  if (!path) return vitestRunner;
  const module = (await import(/* @vite-ignore */ path)) as { default: typeof TestRunner };
  return module.default;
}

declare module 'vitest' {
  interface ProvidedContext {
    drydockBaseRunner: string;
  }
}
