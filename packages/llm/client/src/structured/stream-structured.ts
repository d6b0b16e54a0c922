import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  OutputSchema,
  StreamEvent,
  StructuredRequest,
} from '../contract/index.js';
import { checkAnswer } from './check-answer.js';
import { unwrappedValue } from './dialect/wrapped-root.js';
import { withoutFence } from './parse-answer.js';

/** A value of which any part may not have come yet. */
export type Partially<T> = T extends readonly (infer Item)[]
  ? readonly Partially<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partially<T[Key]> }
    : T;

/** A piece of a structured answer; the last event is always `finish`, and its value alone has been checked. */
export type StructuredEvent<T> =
  | { readonly type: 'partial'; readonly value: Partially<T> }
  | ({
      readonly type: 'finish';
      readonly value: T;
      /** Parts of the schema that were checked after the answer only, as JSON pointers. */
      readonly dropped?: readonly string[];
    } & GenerateResult);

/** A provider or a client, as far as it streams. */
export interface StreamSource<Options> {
  stream(request: GenerateRequest, options?: Options): AsyncIterable<StreamEvent>;
}

/** Characters up to which every piece is shown at once. */
const ALWAYS_SHOWN = 4_096;
/** Part of a longer text that has to be new before it is shown again. */
const LEAST_GROWTH = 1 / 16;

/** The schema that comes with a request, as `streamStructured` sends it along. */
export function schemaOf(
  request: GenerateRequest & { readonly schema?: unknown },
): OutputSchema<unknown> | undefined {
  return request.schema as OutputSchema<unknown> | undefined;
}

/**
 * A structured answer while it comes: texts may be cut, numbers and words are whole.
 *
 * @throws LlmError as `generateStructured` of the source; a misfit is not repaired, since parts of it were delivered.
 */
export async function* streamStructured<T, Options = CallOptions>(
  source: StreamSource<Options>,
  request: StructuredRequest<T>,
  options?: Options,
): AsyncGenerator<StructuredEvent<T>, void, undefined> {
  const { Allow, parse } = await import('partial-json');
  const cuttable = Allow.OBJ | Allow.ARR | Allow.STR;
  let text = '';
  let latest = '';
  let parsed = 0;
  const toolCalls: GenerateResult['toolCalls'][number][] = [];
  for await (const event of source.stream(request, options)) {
    if (event.type === 'tool_call') toolCalls.push(event.toolCall);
    if (event.type === 'text') {
      text += event.text;
      // Each look reads all that has come, so that looks at a long text have to be rarer.
      if (text.length - parsed < parsed * LEAST_GROWTH) continue;
      parsed = text.length > ALWAYS_SHOWN ? text.length : 0;
      const seen = attempt(() => parse(withoutFence(text), cuttable) as unknown);
      const value = unwrappedValue(seen, request.schema.jsonSchema) as Partially<T> | undefined;
      const shown = JSON.stringify(value);
      // More digits may follow a number that stands alone.
      if (value === undefined || typeof value === 'number' || shown === latest) continue;
      latest = shown;
      yield { type: 'partial', value };
    }
    if (event.type === 'finish') {
      const result: GenerateResult = { ...event, text, toolCalls };
      yield { ...result, type: 'finish', value: await checkAnswer(result, request.schema) };
    }
  }
}

/** What cannot be read yet may be readable with the next piece; the whole is checked in the end. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
