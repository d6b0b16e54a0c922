import type { EmbedRequest, EmbedResult } from './embed.js';
import type { CallOptions, GenerateRequest, GenerateResult, StreamEvent } from './generate.js';
import type { StructuredRequest, StructuredResult } from './structured.js';

/** A model that a provider offers. */
export interface ModelInfo {
  readonly id: string;
  /** Most tokens of prompt and answer together, where the provider reports it. */
  readonly contextTokens?: number;
}

/** What a check without tokens found. */
export interface HealthReport {
  readonly healthy: boolean;
  readonly latencyMs: number;
  /** Why it is not, without any secret. */
  readonly reason?: string;
}

/**
 * One LLM service.
 *
 * Makes one request a call: no retries of its own, no pauses. Rejects with an `LlmError` and nothing else.
 */
export interface Provider {
  /** Short name of the service in lower case. */
  readonly name: string;
  /** Name of the service in OpenTelemetry's registry (`gen_ai.provider.name`). @default that of `name` */
  readonly telemetryName?: string | undefined;
  /** The model that is asked unless a request names another. */
  readonly model: string;
  generate(request: GenerateRequest, options?: CallOptions): Promise<GenerateResult>;
  stream(request: GenerateRequest, options?: CallOptions): AsyncIterable<StreamEvent>;
  generateStructured<T>(request: StructuredRequest<T>, options?: CallOptions): Promise<StructuredResult<T>>;
  /** Absent where the service has no embeddings. */
  embed?(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult>;
  /** Absent where the service does not count. */
  countTokens?(request: GenerateRequest, options?: CallOptions): Promise<number>;
  listModels(options?: CallOptions): Promise<readonly ModelInfo[]>;
  /** Spends no tokens. */
  healthCheck(options?: CallOptions): Promise<HealthReport>;
}
