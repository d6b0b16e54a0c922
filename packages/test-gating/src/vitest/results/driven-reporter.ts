import type { ProgressEvent } from '@drydock/services';
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';
import { ProgressLine } from '../../report/progress/progress-line.js';
import { RunProgress } from '../../report/progress/run-progress.js';

/** Stands for Vitest's own reporter in a run that `drydock run` drives, which prints the results itself. */
export interface DrivenReporter extends Reporter {
  onServer(event: ProgressEvent): void;
}

/** Makes the reporter: one line of progress, what tests print, and what Vitest says of snapshots and files. */
export async function createDrivenReporter(): Promise<DrivenReporter> {
  // Loaded here, because only this process of a run has Vitest's own reporters.
  const { DefaultReporter } = await import('vitest/node');

  return new (class extends DefaultReporter implements DrivenReporter {
    #progress = new RunProgress('file');
    #line: ProgressLine | undefined;

    override onInit(vitest: Vitest): void {
      this.ctx = vitest;
      this.silent ??= vitest.config.silent;
    }

    override onTestRunStart(specifications: readonly TestSpecification[]): void {
      super.onTestRunStart(specifications as TestSpecification[]);
      this.#progress = new RunProgress('file');
      this.#progress.total = specifications.length;
      this.#line = new ProgressLine(() => this.#progress.describe());
    }

    onServer(event: ProgressEvent): void {
      const line = this.#progress.server(event);
      if (line !== undefined) this.#line?.say(line);
    }

    override onTestModuleEnd(module: TestModule): void {
      super.onTestModuleEnd(module);
      const tests = [...module.children.allTests()];
      const failed = tests.filter((test) => test.result().state === 'failed').length;
      this.#progress.add(tests.length, failed);
      if (module.state() === 'failed')
        this.#line?.say(`✖ ${this.relative(module.moduleId)}  ${failed} of ${tests.length} failed`);
    }

    override printTestModule(): void {}

    override onUserConsoleLog(
      ...log: Parameters<InstanceType<typeof DefaultReporter>['onUserConsoleLog']>
    ): void {
      if (this.#line) this.#line.around(() => super.onUserConsoleLog(...log));
      else super.onUserConsoleLog(...log);
    }

    override onTestRunEnd(
      modules: readonly TestModule[],
      errors: Parameters<NonNullable<Reporter['onTestRunEnd']>>[1],
      reason: TestRunEndReason,
    ): void {
      this.#line?.end();
      super.onTestRunEnd(modules, errors, reason);
    }

    override reportSummary(): void {
      const { added, updated, unchecked, filesRemoved } = this.ctx.snapshot.summary;
      const counts = { written: added, updated, obsolete: unchecked, 'files removed': filesRemoved };
      const said = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
      if (said.length > 0) this.log(` snapshots  ${said.join(' · ')}`);
    }
  })({ summary: false });
}
