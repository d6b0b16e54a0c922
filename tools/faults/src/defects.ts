import { type StorageError, StorageQueryError } from '@drydock/storage';

/** An adapter, as far as a defect is concerned. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** Defects as somebody may make them, each with what it does to an adapter that has none. */
export const DEFECTS: Readonly<Record<string, (sound: Methods) => Partial<Methods>>> = {
  'delete says true of what is not there': () => ({ delete: async () => true }),
  'retrieve gives a record of its own making': () => ({ retrieve: async () => ({ id: 'made up' }) }),
  'a batch loses its last record': ({ storeBatch }) => ({
    storeBatch: (records: readonly unknown[], ...rest: never[]) =>
      storeBatch?.(records.slice(0, -1) as never, ...rest),
  }),
  'search ignores its limit': ({ search }) => ({
    search: (query: object, ...rest: never[]) => search?.({ ...query, limit: undefined } as never, ...rest),
  }),
  'every fault is told as a query’s': (sound) => failingWith(sound, asQueryFault),
  'every fault is told in the words of a refusal': (sound) =>
    failingWith(sound, () => new Error('connect ECONNREFUSED 127.0.0.1:6379')),
  'every error shows what it was about': (sound) =>
    failingWith(sound, (error, args) =>
      Object.assign(error, { message: `${error.message} ${JSON.stringify(args)}` }),
    ),
  'a record that is there is refused now and then': ({ retrieve }) => ({
    retrieve: (id: string, ...rest: never[]) =>
      id.length % 2 === 0
        ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:6379'))
        : retrieve?.(id as never, ...rest),
  }),
};

const CALLS = [
  'connect',
  'store',
  'retrieve',
  'delete',
  'search',
  'storeBatch',
  'retrieveBatch',
  'deleteBatch',
];

/** The adapter with a defect. */
export function withDefect<Adapter extends object>(adapter: Adapter, defect: string): Adapter {
  const bound = (name: string) => {
    const value: unknown = Reflect.get(adapter, name);
    return typeof value === 'function' ? (value.bind(adapter) as Methods[string]) : undefined;
  };
  const sound = Object.fromEntries(CALLS.map((name) => [name, bound(name)])) as Methods;
  const broken = DEFECTS[defect]?.(sound) ?? {};
  return new Proxy(adapter, {
    get: (target, name) => broken[String(name)] ?? bound(String(name)) ?? Reflect.get(target, name),
  });
}

function failingWith(sound: Methods, change: (error: Error, args: unknown[]) => Error): Partial<Methods> {
  return Object.fromEntries(
    CALLS.map((name) => [
      name,
      async (...args: never[]) => {
        try {
          return await sound[name]?.(...args);
        } catch (error) {
          throw change(error as Error, args);
        }
      },
    ]),
  );
}

function asQueryFault(error: Error): Error {
  const { retriable, outcome, code, detail, backend, operation } = error as StorageError;
  const fault = { retriable, outcome, ...(code && { code }), ...(detail && { detail }) };
  return new StorageQueryError(fault, { backend, operation });
}
