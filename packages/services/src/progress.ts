import type { ProgressEvent } from './service.js';

/** A stream that may be a terminal. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows progress on one line that vanishes at the end; where there is no terminal, a plain line for each fetch and nothing else. */
export function terminalProgress(stream: ProgressStream = process.stderr): (event: ProgressEvent) => void {
  return stream.isTTY ? onOneLine(stream) : inPlainLines(stream);
}

const CLEAR_LINE = '\r\u001b[2K';

function onOneLine(stream: ProgressStream): (event: ProgressEvent) => void {
  const current = new Map<string, string>();
  return ({ backend, phase, text }) => {
    if (phase === 'done') current.delete(backend);
    else current.set(backend, text);
    const line = [...current].map(([name, what]) => `${name}: ${what}`).join(' · ');
    stream.write(line === '' ? CLEAR_LINE : `${CLEAR_LINE} drydock  ${line}`);
  };
}

function inPlainLines(stream: ProgressStream): (event: ProgressEvent) => void {
  return ({ backend, phase, text }) => {
    if (phase === 'fetching') stream.write(` drydock  ${backend}: ${text}\n`);
  };
}
