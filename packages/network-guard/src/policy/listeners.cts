import fs from 'node:fs';
import type { ReportFile } from '../attempt/report-file.cjs';

const { appendFileSync, readFileSync } = fs;

/** The ports that this run listens on, shared between its processes and threads through a file. */
export class Listeners {
  readonly #own = new Set<string>();

  constructor(readonly report: ReportFile) {}

  add(kind: 'tcp' | 'udp', port: number): void {
    this.#own.add(`${kind}:${port}`);
    this.#tell(`+${kind}:${port}\n`);
  }

  remove(kind: 'tcp' | 'udp', port: number): void {
    if (this.#own.delete(`${kind}:${port}`)) this.#tell(`-${kind}:${port}\n`);
  }

  has(kind: 'tcp' | 'udp', port: number): boolean {
    return this.#own.has(`${kind}:${port}`) || this.#elsewhere(`${kind}:${port}`);
  }

  get #file(): string {
    return `${this.report.handDown()}.listeners`;
  }

  // Without the file only this thread knows of the listener, which is the safe side.
  #tell(line: string): void {
    try {
      appendFileSync(this.#file, line);
    } catch {
      // A test may have replaced the file system.
    }
  }

  #elsewhere(wanted: string): boolean {
    if (!this.report.open) return false;
    try {
      const lines = readFileSync(this.#file, 'utf8').split('\n');
      return (
        lines.filter((line) => line === `+${wanted}`).length >
        lines.filter((line) => line === `-${wanted}`).length
      );
    } catch {
      return false;
    }
  }
}
