/** Rejects with the code `ETIMEDOUT` when a promise takes longer; its work goes on. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(coded('ETIMEDOUT', `no answer in ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error with a code, like the system's. */
export function coded(code: string, message: string): Error & { code: string } {
  return Object.assign(new Error(message), { code });
}

/** The code of an error or of what caused it; its name where there is none. */
export function codeOf(error: unknown, depth = 5): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, cause, errors, name } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: unknown[];
    name?: string;
  };
  if (typeof code === 'string' && code !== '') return code;
  const inner = cause ?? errors?.[0];
  return inner !== undefined && depth > 0 ? codeOf(inner, depth - 1) : (name ?? 'unknown');
}
