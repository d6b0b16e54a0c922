import type { ProgressEvent } from '@drydock/services';

/** How far a run is: `12/23 projects · 3,410 tests · 2 failed · starting neo4j 7 s · 1 m 5 s`. */
export class RunProgress {
  readonly #unit: 'file' | 'project';
  readonly #begunMs: number;
  readonly #servers = new Map<string, { readonly phase: string; readonly sinceMs: number }>();
  #done = 0;
  #tests = 0;
  #failed = 0;
  /** Number of files or projects; 0 while it is not known. */
  total = 0;

  constructor(unit: 'file' | 'project', nowMs = Date.now()) {
    this.#unit = unit;
    this.#begunMs = nowMs;
  }

  /** Counts one more file or project. */
  add(tests: number, failed: number): void {
    this.#done += 1;
    this.#tests += tests;
    this.#failed += failed;
  }

  /** Notes what a server does; returns a line where that is worth one which stays. */
  server({ backend, phase, text }: ProgressEvent, nowMs = Date.now()): string | undefined {
    const known = this.#servers.get(backend);
    if (phase === 'done') {
      this.#servers.delete(backend);
      return known && `${backend}: ready after ${spent(nowMs - known.sinceMs)}`;
    }
    this.#servers.set(backend, { phase, sinceMs: known?.sinceMs ?? nowMs });
    return known?.phase === phase ? undefined : `${backend}: ${text}`;
  }

  describe(nowMs = Date.now()): string {
    const of = this.total > 0 ? `${this.#done}/${Math.max(this.total, this.#done)}` : String(this.#done);
    const parts = [
      `${of} ${this.#unit}${of === '1' ? '' : 's'}`,
      ...(this.#tests > 0 ? [`${this.#tests.toLocaleString('en')} tests`] : []),
      ...(this.#failed > 0 ? [`${this.#failed.toLocaleString('en')} failed`] : []),
      ...[...this.#servers].map(
        ([backend, { phase, sinceMs }]) => `${phase} ${backend} ${spent(nowMs - sinceMs)}`,
      ),
      spent(nowMs - this.#begunMs),
    ];
    return parts.join(' · ');
  }
}

function spent(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}
