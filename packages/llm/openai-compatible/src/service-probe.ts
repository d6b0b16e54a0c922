/**
 * Lists the server's models and reads its version, which llama.cpp tells and others do not; rejects with an error that holds a
 * code and no secret.
 */
export async function probe(
  {
    OPENAI_BASE_URL: baseURL = '',
    OPENAI_API_KEY: apiKey = '',
  }: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  const headers: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const get = async (url: string): Promise<Readonly<Record<string, unknown>>> => {
    const response = await fetch(url, { headers, signal, redirect: 'manual' }).catch(failed);
    if (!response.ok) throw coded(`HTTP_${response.status}`);
    return response.json().catch(failed) as Promise<Record<string, unknown>>;
  };
  const base = baseURL.replace(/\/+$/, '');
  const { data } = await get(`${base}/models`);
  if (!Array.isArray(data)) throw coded('NOT_OPENAI_COMPATIBLE');
  // llama.cpp lists its models to anybody, so that a wrong key shows here first; other servers have no such page.
  const { build_info: version } = await get(`${base.replace(/\/v1$/, '')}/props`).catch((error) => {
    if (error.code === 'HTTP_401') throw error;
    return { build_info: '' };
  });
  return { version: typeof version === 'string' ? version : '' };
}

function failed(
  error: Error & { readonly code?: unknown; readonly cause?: { readonly code?: unknown } },
): never {
  if (error.name === 'TimeoutError') throw coded('ETIMEDOUT');
  throw coded(String(error.cause?.code ?? (typeof error.code === 'string' ? error.code : error.name)));
}

function coded(code: string): Error {
  return Object.assign(new Error(`the server did not list its models (${code})`), { code });
}
