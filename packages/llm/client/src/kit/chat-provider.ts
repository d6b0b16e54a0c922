import { Deadline } from '@drydock/resilience';
import {
  type CallOptions,
  type GenerateRequest,
  type GenerateResult,
  type HealthReport,
  type ModelInfo,
  type OutputSchema,
  type Provider,
  type RequestContext,
  type StreamEvent,
  type StructuredRequest,
  type StructuredResult,
  type ToolCall,
  toLlmError,
  type Usage,
} from '../contract/index.js';
import { checkToolCalls } from '../structured/check-tool-calls.js';
import { type PreparedOutput, prepareOutput, type SchemaDialect, schemaOf } from '../structured/index.js';
import { Caller, type CallerOptions, type Request } from './caller.js';
import { requireTexts } from './require-texts.js';
import type { StreamReader } from './streams/stream-assembly.js';
import { withUniqueToolCallIds } from './tool-call-ids.js';

/** What a request for an answer is made of. */
export interface ChatParts {
  readonly request: GenerateRequest;
  readonly model: string;
  /** Schema of the answer in the service's dialect; absent for a text. */
  readonly output?: PreparedOutput<unknown> | undefined;
}

/** What the base of a provider is made with. */
export interface ChatProviderSetup extends CallerOptions {
  /** Model to ask unless a request names another. */
  readonly model: string;
  /** Name of the service in OpenTelemetry's registry. @default that of `provider` */
  readonly telemetryName?: string | undefined;
  /** What the service takes of JSON Schema, or what each of its models does. */
  readonly schemas: SchemaDialect | ((model: string) => SchemaDialect);
}

/** Base of a provider: the calls that are alike for all services, over the few requests in which they differ. */
export abstract class ChatProvider<Piece> implements Provider {
  readonly name: string;
  readonly telemetryName: string;
  readonly model: string;
  readonly #schemas: ChatProviderSetup['schemas'];
  readonly #caller: Caller;

  constructor({ model, schemas, telemetryName, ...options }: ChatProviderSetup) {
    this.name = options.provider;
    this.telemetryName = telemetryName ?? this.name;
    this.model = model;
    this.#schemas = schemas;
    this.#caller = new Caller(options);
  }

  /** Sends a request for a whole answer, and reads it. */
  protected abstract complete(parts: ChatParts, call: Request): Promise<GenerateResult>;
  /** Sends a request for an answer in pieces. */
  protected abstract open(parts: ChatParts, call: Request): Promise<AsyncIterable<Piece>>;
  /** Makes what reads the pieces of one stream. */
  protected abstract reader(): StreamReader<Piece>;
  /** Asks for the models; `most` is enough of them where the service can limit the list. */
  protected abstract models(call: Request, most?: number): Promise<readonly ModelInfo[]>;

  generate(request: GenerateRequest, options?: CallOptions): Promise<GenerateResult> {
    const model = request.model ?? this.model;
    return this.call(model, options, async (call) => {
      const parts = { request: sendable(request, call.context), model };
      const result = call.exchange.withRateLimits(await this.complete(parts, call));
      if (result.toolCalls.length > 0) await checkToolCalls(result, request, call.context);
      return result;
    });
  }

  generateStructured<T>(request: StructuredRequest<T>, options?: CallOptions): Promise<StructuredResult<T>> {
    const model = request.model ?? this.model;
    return this.call(model, options, async (call) => {
      const asked = sendable(request, call.context);
      const output = this.#prepared(request, request.schema, call.context);
      const answer = await this.complete({ request: asked, model, output }, call);
      return output.read(call.exchange.withRateLimits(answer), Deadline.of(call.signal));
    });
  }

  stream(request: GenerateRequest, options?: CallOptions): AsyncIterable<StreamEvent> {
    const model = request.model ?? this.model;
    let dropped: readonly string[] | undefined;
    const open = async (call: Request) => {
      const asked = sendable(request, call.context);
      const schema = schemaOf(request);
      const output = schema && this.#prepared(request, schema, call.context);
      dropped = output?.dropped;
      return this.open({ request: asked, model, output }, call);
    };
    const check = (toolCall: ToolCall, context: RequestContext, usage?: Usage) =>
      checkToolCalls({ text: '', toolCalls: [toolCall], usage }, request, context);
    const events = this.#caller.stream(model, options, open, this.reader(), request.tools && check);
    return schemaOf(request) ? withDropped(events, () => dropped) : events;
  }

  #prepared<T>(
    request: GenerateRequest,
    schema: OutputSchema<T>,
    context: RequestContext,
  ): PreparedOutput<T> {
    const { model = this.model } = context;
    const dialect = typeof this.#schemas === 'function' ? this.#schemas(model) : this.#schemas;
    if (dialect.withoutTools && request.tools?.length) {
      const detail = 'the service takes either tools or a schema; leave one of them out';
      throw toLlmError('bad_request', { ...context, detail, code: 'SCHEMA_WITH_TOOLS', scope: 'provider' });
    }
    return prepareOutput(schema, dialect, context);
  }

  listModels(options?: CallOptions): Promise<readonly ModelInfo[]> {
    return this.call(undefined, options, (call) => this.models(call));
  }

  healthCheck(options?: CallOptions): Promise<HealthReport> {
    return this.#caller.health(options, (call) => this.models(call, 1));
  }

  /** Makes a further kind of call under the same deadline and with errors of the same family. */
  protected call<T>(
    model: string | undefined,
    options: CallOptions | undefined,
    send: (call: Request) => Promise<T>,
  ): Promise<T> {
    return this.#caller.call(model, options, send);
  }
}

/** The request as services take it: texts alone, and an id of its own for each tool call. */
function sendable<R extends GenerateRequest>(request: R, context: RequestContext): R {
  requireTexts(request, context);
  return withUniqueToolCallIds(request);
}

/** The events, of which the last says what the schema lost on its way to the service. */
async function* withDropped(
  events: AsyncIterable<StreamEvent>,
  dropped: () => readonly string[] | undefined,
): AsyncGenerator<StreamEvent, void, undefined> {
  for await (const event of events)
    yield event.type === 'finish' ? { ...event, dropped: dropped() ?? [] } : event;
}
