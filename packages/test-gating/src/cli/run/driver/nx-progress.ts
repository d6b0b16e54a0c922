import { existsSync } from 'node:fs';
import { progressFile, projectLedgerFile } from '@drydock/workspace';
import type { Ledger } from '../../../ledger/schema.js';
import { readLedger } from '../../../ledger/store.js';
import { followProgress } from '../../../report/progress/progress-file.js';
import { ProgressLine } from '../../../report/progress/progress-line.js';
import { RunProgress } from '../../../report/progress/run-progress.js';

const TASK_LINE = /^> nx run (?<project>.+):(?<target>[\w-]+)\s*(?<note>\[.*\])?$/u;
const TOTAL_LINE = /Running targets? .+ for (?:(?<count>\d+) projects?|project )/u;
const NOT_TESTS = new Set(['build', 'typecheck']);

/** Shows how far a run of Nx is, by Nx's own output and the ledgers that its tasks write. */
export class NxProgress {
  readonly #workspaceRoot: string;
  readonly #stream: NodeJS.WriteStream;
  readonly #progress = new RunProgress('project');
  readonly #line: ProgressLine;
  readonly #stopFollowing: () => void;

  constructor(workspaceRoot: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#workspaceRoot = workspaceRoot;
    this.#stream = stream;
    this.#line = new ProgressLine(() => this.#progress.describe(), stream);
    this.#stopFollowing = followProgress(progressFile(workspaceRoot), (event) => {
      const line = this.#progress.server(event);
      if (line !== undefined) this.#line.say(line);
    });
  }

  /** Takes in one line of Nx's output. */
  read(line: string): void {
    const total = TOTAL_LINE.exec(line);
    if (total) this.#progress.total = Number(total.groups?.count ?? 1);
    const task = TASK_LINE.exec(line)?.groups;
    if (task === undefined || NOT_TESTS.has(task.target ?? '')) return;
    this.#end(task.project ?? '', task.note?.includes('cache') ?? false);
  }

  end(): void {
    this.#stopFollowing();
    this.#line.end();
  }

  #end(project: string, isCached: boolean): void {
    const totals = this.#totalsOf(project);
    const { passed = 0, failed = 0 } = totals ?? {};
    this.#progress.add(passed + failed, failed);
    const counts = totals ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : 'no result';
    const text = `${failed > 0 ? '✖ ' : ''}${project}  ${counts}${isCached ? ' (cached)' : ''}`;
    // A terminal shows the number of projects; one that is well needs no line of its own there.
    if (failed > 0 || !this.#stream.isTTY) this.#line.say(text);
  }

  #totalsOf(project: string): Ledger['totals'] | undefined {
    const path = projectLedgerFile(this.#workspaceRoot, project);
    return existsSync(path) ? readLedger(path).totals : undefined;
  }
}
