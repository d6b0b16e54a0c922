import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFresh, runNamespace } from '@drydock/services';

/** What has parts to remove. */
type Definition = Parameters<typeof removeFresh>[0];

interface Shared {
  readonly definition: Definition;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** What the files of one run took of servers, beside what they removed themselves. */
export class FreshParts {
  readonly run = runNamespace();
  readonly log = join(tmpdir(), `drydock-fresh-${randomUUID()}`);
  readonly #shared: Shared[] = [];
  /** Backends whose servers end with the run, with all that they hold. */
  readonly started: string[] = [];

  /** Notes a server that outlives the run. */
  share(definition: Definition, variables: Shared['variables']): void {
    this.#shared.push({ definition, variables });
  }

  /** Removes templates, and what killed workers left; a server that does not answer any more keeps it. */
  async remove(): Promise<void> {
    if (!existsSync(this.log)) return;
    const used = new Set(readFileSync(this.log, 'utf8').split('\n'));
    rmSync(this.log, { force: true });
    const left = this.#shared.filter(({ definition }) => used.has(definition.backend));
    await Promise.all(left.map((each) => this.#removeFrom(each)));
  }

  async #removeFrom({ definition, variables }: Shared): Promise<void> {
    try {
      await removeFresh(definition, { variables, run: this.run });
    } catch (error) {
      const { code = (error as Error).name } = error as { code?: string };
      process.stderr.write(
        ` ${definition.backend}: what this run left on the server could not be removed (${code}); a run a day later removes what begins with ${this.run}.\n`,
      );
    }
  }
}
