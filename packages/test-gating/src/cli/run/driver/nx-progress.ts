import { existsSync } from 'node:fs';
import { ledgerInRun, progressFile, projectLedgerFile } from '@drydock/workspace';
import type { Ledger } from '../../../ledger/schema.js';
import { readLedger, writeLedger } from '../../../ledger/store.js';
import { followProgress } from '../../../report/progress/progress-file.js';
import { ProgressLine } from '../../../report/progress/progress-line.js';
import { RunProgress } from '../../../report/progress/run-progress.js';
import type { StartedRun } from '../run-folder.js';

const TASK_LINE = /^> nx run (?<project>.+):(?<target>[\w-]+)\s*(?<note>\[.*\])?$/u;
const TOTAL_LINE = /Running targets? .+ for (?:(?<count>\d+) projects?|project )/u;

/** Follows a run of Nx by its output: shows how far it is, and takes the ledgers of cached tasks into the run's folder. */
export class NxProgress {
  readonly #run: StartedRun;
  readonly #stream: NodeJS.WriteStream;
  readonly #progress = new RunProgress('project');
  readonly #line: ProgressLine;
  readonly #stopFollowing: () => void;

  constructor(run: StartedRun, stream: NodeJS.WriteStream = process.stderr) {
    this.#run = run;
    this.#stream = stream;
    this.#line = new ProgressLine(() => this.#progress.describe(), stream);
    this.#stopFollowing = followProgress(progressFile(run.runFolder), (event) => {
      const line = this.#progress.server(event);
      if (line !== undefined) this.#line.say(line);
    });
  }

  /** Takes in one line of Nx's output. */
  read(line: string): void {
    const total = TOTAL_LINE.exec(line);
    if (total) this.#progress.total = Number(total.groups?.count ?? 1);
    const task = TASK_LINE.exec(line)?.groups;
    if (task?.target !== this.#run.grants.level) return;
    this.#end(task.project ?? '', task.note?.includes('cache') ?? false);
  }

  end(): void {
    this.#stopFollowing();
    this.#line.end();
  }

  #end(project: string, isCached: boolean): void {
    const totals = this.#ledgerOf(project, isCached)?.totals;
    const { passed = 0, failed = 0 } = totals ?? {};
    this.#progress.add(passed + failed, failed);
    const counts = totals ? `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : 'no result';
    const text = `${failed > 0 ? '✖ ' : ''}${project}  ${counts}${isCached ? ' (cached)' : ''}`;
    // A terminal shows the number of projects; one that is well needs no line of its own there.
    if (failed > 0 || !this.#stream.isTTY) this.#line.say(text);
  }

  #ledgerOf(project: string, isCached: boolean): Ledger | undefined {
    const { runFolder, workspaceRoot } = this.#run;
    const own = ledgerInRun(runFolder, project);
    if (existsSync(own)) return readLedger(own);
    const cached = projectLedgerFile(workspaceRoot, project);
    if (!isCached || !existsSync(cached)) return undefined;
    const ledger = readLedger(cached);
    writeLedger(own, ledger);
    return ledger;
  }
}
