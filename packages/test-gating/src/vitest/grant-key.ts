import type { Vitest } from 'vitest/node';

/** Key that grants a marker in a watching run. With Ctrl, since Vitest takes plain letters, also as text of its filters. */
export const GRANT_KEY = { name: 'g', label: 'Ctrl+G' };

/** Exit code by which Vitest tells the run around it that the key was pressed; nobody else sees it. */
export const TOGGLED = 86;

/** Ends a watching Vitest when the key is pressed, so that the run around it starts it anew with the other grant. */
export function endOnGrantKey(vitest: Vitest, stdin: NodeJS.ReadStream = process.stdin): void {
  if (!stdin.isTTY) return;
  stdin.on('keypress', (_text, key?: { readonly name?: string; readonly ctrl?: boolean }) => {
    if (!key?.ctrl || key.name !== GRANT_KEY.name) return;
    stdin.setRawMode(false);
    void vitest.close().finally(() => process.exit(TOGGLED));
  });
}
