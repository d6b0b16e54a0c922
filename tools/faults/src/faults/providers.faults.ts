import { GoogleGenerativeAI } from '@google/generative-ai';
import { Mistral } from '@mistralai/mistralai';
import Groq from 'groq-sdk';
import { faultsOf } from '../faults-of.js';
import { answering, closedPort } from '../loopback-servers.js';

const KEY = 'planted-key-of-no-account';
const base = (port: number) => `http://127.0.0.1:${port}`;
const messages = [{ role: 'user' as const, content: 'hello' }];

const viaGroq = (port: number) =>
  new Groq({ apiKey: KEY, baseURL: base(port), maxRetries: 0 }).chat.completions.create({
    model: 'm',
    messages,
  });
const viaMistral = (port: number) =>
  new Mistral({ apiKey: KEY, serverURL: base(port), retryConfig: { strategy: 'none' } }).chat.complete({
    model: 'm',
    messages,
  });
const viaGemini = (port: number) =>
  new GoogleGenerativeAI(KEY)
    .getGenerativeModel({ model: 'm' }, { baseUrl: base(port) })
    .generateContent('hello');

const groq = faultsOf('Groq, SDK (loopback answers)');
const groqError = (message: string, type: string, code: string) => ({ error: { message, type, code } });

groq('wrong key', 'environment / login', async () =>
  viaGroq(await answering(401, groqError('Invalid API Key', 'invalid_request_error', 'invalid_api_key'))),
);
groq('tokens per minute', 'environment / rate-limit', async () =>
  viaGroq(
    await answering(
      429,
      groqError(
        'Rate limit reached for model `m` on tokens per minute (TPM): Limit 6000',
        'tokens',
        'rate_limit_exceeded',
      ),
    ),
  ),
);
groq('tokens per day', 'environment / quota', async () =>
  viaGroq(
    await answering(
      429,
      groqError(
        'Rate limit reached for model `m` on tokens per day (TPD): Limit 500000',
        'tokens',
        'rate_limit_exceeded',
      ),
    ),
  ),
);
groq('the account is restricted', 'environment / login', async () =>
  viaGroq(
    await answering(
      400,
      groqError('Organization has been restricted.', 'invalid_request_error', 'organization_restricted'),
    ),
  ),
);
groq('over capacity', 'environment / unavailable', async () =>
  viaGroq(await answering(503, groqError('over capacity', 'service_unavailable', 'x'))),
);
groq('nothing listens', 'environment / refused', async () => viaGroq(await closedPort()));
groq('planted: a parameter is misspelt', 'defect / rejected', async () =>
  viaGroq(
    await answering(
      400,
      groqError("property 'temprature' is unsupported", 'invalid_request_error', 'unsupported'),
    ),
  ),
);

const mistral = faultsOf('Mistral, SDK (loopback answers)');
mistral('wrong key', 'environment / login', async () =>
  viaMistral(await answering(401, { detail: 'Unauthorized' })),
);
mistral('too many requests', 'environment / rate-limit', async () =>
  viaMistral(await answering(429, { message: 'Requests rate limit exceeded' })),
);
mistral('nothing is paid', 'environment / quota', async () =>
  viaMistral(await answering(402, { detail: 'Payment required' })),
);
mistral('over capacity', 'environment / unavailable', async () =>
  viaMistral(await answering(503, { detail: 'overflow' })),
);
mistral('nothing listens', 'environment / refused', async () => viaMistral(await closedPort()));

const gemini = faultsOf('Gemini, SDK (loopback answers)');
const geminiError = (code: number, status: string, message: string, details: object[] = []) => ({
  error: { code, message, status, details },
});
const violation = (quotaId: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId }],
});
gemini('wrong key', 'environment / login', async () =>
  viaGemini(
    await answering(
      400,
      geminiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        { reason: 'API_KEY_INVALID' },
      ]),
    ),
  ),
);
gemini('requests per minute', 'environment / rate-limit', async () =>
  viaGemini(
    await answering(
      429,
      geminiError(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        violation('GenerateRequestsPerMinutePerProjectPerModel'),
      ]),
    ),
  ),
);
gemini('requests per day', 'environment / quota', async () =>
  viaGemini(
    await answering(
      429,
      geminiError(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        violation('GenerateRequestsPerDayPerProjectPerModel'),
      ]),
    ),
  ),
);
gemini('not served here', 'environment / region', async () =>
  viaGemini(
    await answering(
      400,
      geminiError(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    ),
  ),
);
gemini('overloaded', 'environment / unavailable', async () =>
  viaGemini(await answering(503, geminiError(503, 'UNAVAILABLE', 'The model is overloaded.'))),
);
gemini('nothing listens', 'environment / unreachable', async () => viaGemini(await closedPort()));
