import type {
  EmbedRequest,
  EmbedResult,
  GenerateRequest,
  GenerateResult,
  HealthReport,
  StructuredRequest,
  StructuredResult,
} from '../contract/index.js';
import type { Answer, StreamAnswer } from './answer.js';
import type { ClientCallOptions } from './client-options.js';
import type { ProviderStatus } from './routes.js';

/** One client across providers; every call rejects with an `LlmError` and nothing else. */
export interface Client {
  /** Asks the providers in their order until one answers. */
  generate(request: GenerateRequest, options?: ClientCallOptions): Promise<Answer<GenerateResult>>;
  /** As `generate`, in pieces; once a piece was delivered no other provider is asked. */
  stream(request: GenerateRequest, options?: ClientCallOptions): StreamAnswer;
  /** As `generate`, for a value; the first answer that does not fit may be repaired once, then the next provider is asked. */
  generateStructured<T>(
    request: StructuredRequest<T>,
    options?: ClientCallOptions,
  ): Promise<Answer<StructuredResult<T>>>;
  /** Vectors of the first provider that has embeddings: those of another model cannot be compared with them. */
  embed(request: EmbedRequest, options?: ClientCallOptions): Promise<Answer<EmbedResult>>;
  /** Checks every provider without spending tokens; one that was misconfigured and is healthy is asked again from now on. */
  healthCheck(options?: ClientCallOptions): Promise<Readonly<Record<string, HealthReport>>>;
  /** Who is asked, who rests and who is misconfigured. */
  status(): readonly ProviderStatus[];
}
