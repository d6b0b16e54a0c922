import type { UserConsoleLog } from 'vitest';

/** What one test's output may take in the ledger; the end says more than the beginning. */
const MOST_CHARACTERS = 8_000;

/** Keeps the end of what each test printed. */
export class TestOutput {
  readonly #texts = new Map<string, string>();

  add({ taskId, content }: Pick<UserConsoleLog, 'taskId' | 'content'>): void {
    if (taskId === undefined) return;
    this.#texts.set(taskId, `${this.#texts.get(taskId) ?? ''}${content}`.slice(-MOST_CHARACTERS));
  }

  of(taskId: string): string | undefined {
    return this.#texts.get(taskId);
  }

  clear(): void {
    this.#texts.clear();
  }
}
