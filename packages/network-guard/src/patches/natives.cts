import type { AnyFunction } from './patches.cjs';

/** Node's internal bindings, which carry no types. */
// biome-ignore lint/suspicious/noExplicitAny: internal objects of Node
export type Native = any;

const binding: AnyFunction | undefined = Reflect.get(process, 'binding');

/** An internal binding, or undefined where Node refuses to hand it out (`--permission`). */
export function native(name: string): Native | undefined {
  const { noDeprecation } = process;
  try {
    process.noDeprecation = true;
    return binding?.call(process, name);
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}

let ownerSymbol: symbol | undefined;

/** The public object (socket, server, child process) that a native handle belongs to. */
export function ownerOf(handle: Native): Native | undefined {
  ownerSymbol ??= Object.getOwnPropertySymbols(handle).find(
    ({ description }) => description === 'owner_symbol',
  );
  return ownerSymbol === undefined ? undefined : handle[ownerSymbol];
}

/** Makes an emitter's next `error` event carry another error; for objects whose own error Node makes from a number. */
export function redirectError(emitter: Native, error: Error): void {
  if (!emitter) return;
  const { emit } = emitter;
  emitter.emit = function (this: Native, event: unknown, ...values: unknown[]) {
    if (event !== 'error') return emit.call(this, event, ...values);
    delete this.emit;
    return emit.call(this, 'error', error);
  };
}

/** Makes a stream's destruction carry another error; later failures of the same kind keep it. */
export function redirectDestroy(stream: Native, error: Error): void {
  if (!stream) return;
  const { destroy } = stream;
  Object.defineProperty(stream, 'destroy', {
    configurable: true,
    writable: true,
    value: function (this: Native, reason: unknown, ...rest: unknown[]) {
      delete this.destroy;
      return destroy.call(this, reason && error, ...rest);
    },
  });
}
