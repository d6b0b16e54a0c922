import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { EXIT } from '../../report/exit-code.js';
import { describeChange, type InitPlan } from './change.js';
import { planInit } from './plan.js';

/** Flags of `drydock init`. */
export interface InitFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Shows what a workspace needs, asks, and writes it; what is there already stays as it is. */
export async function init(flags: InitFlags, root: string): Promise<number> {
  const plan = planInit(root);
  print(plan.changes.flatMap((change) => [...describeChange(change), '']));
  if (plan.changes.length > 0) {
    if (flags.dryRun === true) return end(plan, ' Nothing was written: --dry-run.', EXIT.ok);
    if (flags.yes !== true && !process.stdin.isTTY)
      return end(plan, ' Nothing was written: nobody can be asked here. Repeat with --yes.', EXIT.usage);
    if (flags.yes !== true && !(await isConfirmed())) return end(plan, ' Nothing was written.', EXIT.ok);
    for (const { path, after } of plan.changes) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), after);
    }
  }
  const done = plan.changes.length === 0 ? 'Nothing to change.' : `${plan.changes.length} files written.`;
  return end(plan, ` ${done} Next:\n${plan.next.map((line) => `   ${line}`).join('\n')}`, EXIT.ok);
}

async function isConfirmed(): Promise<boolean> {
  const dialog = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await dialog.question(' Write this? [y/N] ')).trim());
  } finally {
    dialog.close();
  }
}

function end({ notes }: InitPlan, line: string, code: number): number {
  print([...notes.map((note) => ` ${note.replaceAll('\n', '\n ')}\n`), line]);
  return code;
}

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
