import { pathToFileURL } from 'node:url';
import { createRedactor } from '@drydock/redaction';
import type { HttpLogin, ModuleLogin } from '../target.js';
import type { Progress, StepResult, StepRunner } from './step.js';
import { coded, codeOf, within } from './within.js';

interface ServiceModule {
  readonly service?: {
    probe(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<{ version: string }>;
  };
}

/** Logs in through the backend's own driver, or sends a provider a request that costs nothing. */
export const logIn: StepRunner = async ({ login }, progress, limitMs) => {
  if (login === undefined) return undefined;
  return login.kind === 'module'
    ? throughDriver(login, progress, limitMs)
    : throughHttp(login, progress, limitMs);
};

async function throughDriver(
  { module }: ModuleLogin,
  progress: Progress,
  limitMs: number,
): Promise<StepResult> {
  const { service }: ServiceModule = await import(pathToFileURL(module).href);
  if (service === undefined) throw coded('NO_PROBE', `${module} exports no service`);
  // Limited here too: a driver may not keep its deadline.
  const { version } = await within(limitMs + 200, service.probe(process.env, limitMs)).catch((error) => {
    throw coded(codeOf(error), 'no login');
  });
  progress.version = version;
  return { evidence: 'logged in' };
}

async function throughHttp(login: HttpLogin, progress: Progress, limitMs: number): Promise<StepResult> {
  const key = process.env[login.variable] ?? '';
  const response = await fetch(login.url, {
    headers: key === '' ? {} : { [login.header]: login.scheme ? `${login.scheme} ${key}` : key },
    redirect: 'manual',
    signal: AbortSignal.timeout(limitMs),
  }).catch((error: unknown) => {
    throw coded(codeOf(error), `no answer: ${codeOf(error)}`);
  });
  const date = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(date)) progress.serverTime = new Date(date);
  if (response.ok) {
    await response.body?.cancel();
    return { evidence: key === '' ? 'answered without a key' : `accepted the key of ${login.variable}` };
  }
  const said = await reasonOf(response, key);
  throw coded(`HTTP_${response.status}`, ['the provider refused', said].filter(Boolean).join(': '));
}

/** The provider's own code and words, without the key. */
async function reasonOf(response: Response, key: string): Promise<string> {
  const text = await response.text().catch(() => '');
  const redactor = createRedactor({ values: [key] });
  try {
    const body = JSON.parse(text) as { error?: Reason | Reason[] } & Reason;
    const reason = [body.error].flat()[0] ?? body;
    const code =
      reason.details?.find((one) => one.reason)?.reason ?? reason.code ?? reason.status ?? reason.type;
    return redactor.text([code, reason.message].filter(Boolean).join(' ').slice(0, 200));
  } catch {
    return '';
  }
}

interface Reason {
  readonly code?: string | number;
  readonly status?: string;
  readonly type?: string;
  readonly message?: string;
  readonly details?: readonly { readonly reason?: string }[];
}
