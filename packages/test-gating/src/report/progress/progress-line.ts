import { createLogUpdate } from 'log-update';

const REDRAW_MS = 250;
/** How often a log hears of a run that goes on. */
const LOG_EVERY_MS = 60_000;

/** Where progress is shown. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** One line that says what a run is doing: redrawn in place on a terminal, dated lines elsewhere. */
export class ProgressLine {
  readonly #stream: ProgressStream;
  readonly #describe: () => string;
  readonly #draw: ReturnType<typeof createLogUpdate> | undefined;
  readonly #timer: NodeJS.Timeout;
  #isPaused = false;

  /** @param describe What the run is doing now, in one line. */
  constructor(describe: () => string, stream: ProgressStream = process.stderr) {
    this.#stream = stream;
    this.#describe = describe;
    this.#draw = stream.isTTY
      ? createLogUpdate(stream as NodeJS.WriteStream, { showCursor: true })
      : undefined;
    this.#timer = setInterval(() => this.redraw(), stream.isTTY ? REDRAW_MS : LOG_EVERY_MS);
    this.#timer.unref();
    if (stream.isTTY) this.redraw();
  }

  redraw(): void {
    if (this.#isPaused) return;
    const text = this.#describe();
    if (!this.#draw) this.#stream.write(dated(text));
    else this.#draw(` ${text}`.slice(0, (this.#stream.columns ?? 80) - 1));
  }

  /** Prints a line that stays. */
  say(text: string): void {
    if (!this.#draw) this.#stream.write(dated(text));
    else this.around(() => this.#stream.write(` ${text}\n`));
  }

  /** Lets something else write, without the line in its way. */
  around(write: () => void): void {
    this.#draw?.clear();
    write();
    if (this.#draw) this.redraw();
  }

  /** Removes the line for good. */
  end(): void {
    clearInterval(this.#timer);
    this.#draw?.clear();
    this.#isPaused = true;
  }
}

function dated(text: string): string {
  return `${new Date().toISOString().slice(11, 19)}  ${text}\n`;
}
