import fs from 'node:fs';
import net from 'node:net';
import stream from 'node:stream';
import threads from 'node:worker_threads';
import type { Native } from '../patches/natives.cjs';
import { handlePrototype } from '../patches/prototypes.cjs';
import { writeFully } from './write-fully.cjs';

const { fstatSync } = fs;
const { Readable, Writable } = stream;
const NAMES = ['stdin', 'stdout', 'stderr'] as const;

/**
 * Makes `process.stdin`, `stdout` and `stderr` work in a sandbox that denies `getsockname`. There Node does not recognize
 * a pipe, which is a socket, and gives the process streams that are empty or throw all away.
 */
export function openStandardStreams(): void {
  if (process.platform === 'win32' || !threads.isMainThread) return;
  for (const [descriptor, name] of NAMES.entries()) openLazily(descriptor, name);
}

// At the first use, because most processes never use their input, and making a stream takes time.
function openLazily(descriptor: number, name: (typeof NAMES)[number]): void {
  const property = Object.getOwnPropertyDescriptor(process, name);
  const original = property?.get;
  if (!original || !property.configurable) return;
  let opened: Native;
  Object.defineProperty(process, name, {
    ...property,
    get() {
      opened ??= replacementOf(original.call(process), descriptor);
      return opened;
    },
  });
}

function replacementOf(given: Native, descriptor: number): Native {
  const isDummy = given?.constructor === (descriptor === 0 ? Readable : Writable);
  if (!isDummy || !isFreeSocket(descriptor)) return given;
  const handle = openPipe(descriptor);
  if (!handle) return given;
  return descriptor === 0 ? inputOver(handle) : outputOver(handle, given, descriptor);
}

// A channel to the parent may have one of these descriptors.
function isFreeSocket(descriptor: number): boolean {
  const { fd }: { fd?: number } = (process as Native).channel ?? {};
  try {
    return fd !== descriptor && fstatSync(descriptor).isSocket();
  } catch {
    return false;
  }
}

function openPipe(descriptor: number): Native | undefined {
  const SOCKET = 0;
  try {
    const handle: Native = new (handlePrototype('Pipe').constructor)(SOCKET);
    return handle.open(descriptor) ? undefined : handle;
  } catch {
    return undefined;
  }
}

// As Node does it for a pipe: the stream is paused and keeps the process alive only while it is read.
function inputOver(handle: Native): Native {
  const input: Native = new net.Socket({
    handle,
    readable: true,
    writable: false,
    manualStart: true,
  } as net.SocketConstructorOpts);
  input._writableState.ended = true;
  input.fd = 0;
  const stop = () => {
    if (!input._handle?.reading) return;
    input._handle.reading = false;
    input._handle.readStop();
  };
  input._handle.reading = false;
  input._readableState.reading = false;
  handle.readStop();
  input.on('pause', () => {
    input._readableState.reading = false;
    stop();
  });
  return input;
}

function outputOver(handle: Native, dummy: Native, descriptor: number): Native {
  const output: Native = new net.Socket({
    handle,
    readable: false,
    writable: true,
  } as net.SocketConstructorOpts);
  const { _destroy, _isStdio } = dummy;
  Object.assign(output, { fd: descriptor, _type: 'pipe', _isStdio, _destroy, destroySoon: output.destroy });
  keepAtExit(output, handle, descriptor);
  // Code that took the stream earlier has the dummy.
  dummy._write = (chunk: Native, encoding: Native, done: () => void) => output.write(chunk, encoding, done);
  return output;
}

// What the system has not taken when the process ends would be lost: from then on, it is written at once.
function keepAtExit(output: Native, handle: Native, descriptor: number): void {
  const { _write } = output;
  let underway: { bytes: Buffer; done: () => void } | undefined;
  let isEnding = false;
  output._writev = null;
  output._write = function write(chunk: Native, encoding: BufferEncoding, done: (error?: Error) => void) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (isEnding) {
      writeFully(descriptor, bytes);
      return done();
    }
    const current = { bytes, done };
    underway = current;
    _write.call(output, bytes, 'buffer', (error?: Error) => {
      if (underway === current) underway = undefined;
      if (!isEnding) done(error);
    });
  };
  process.on('exit', () => {
    isEnding = true;
    if (!underway) return;
    const { bytes, done } = underway;
    writeFully(descriptor, bytes.subarray(bytes.length - handle.writeQueueSize));
    // Which writes all that waits behind it.
    done();
  });
}
