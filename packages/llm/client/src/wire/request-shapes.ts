import type { JsonSchema } from '../contract/index.js';
import { parseJson } from '../kit/parse-json.js';
import { jsonValidator } from '../structured/validator.js';
import type { WireRequest } from './answer.js';

/** What a service's public document says of the requests that it takes. */
export interface RequestShapes {
  /** Name and address of the document that the shapes follow. */
  readonly document: string;
  /** Day on which they were compared with it, as `2026-11-23`. */
  readonly asOf: string;
  readonly requests: readonly RequestShape[];
}

/** A kind of request that a service takes. */
export interface RequestShape {
  readonly method: string;
  /** Path without the query. */
  readonly path: RegExp;
  /** Names that the query may hold. @default [] */
  readonly query?: readonly string[] | undefined;
  /** Schema of the JSON body; refuses unknown fields itself. @default no body */
  readonly body?: JsonSchema | undefined;
}

/** What is wrong with a request by the shapes, in words; empty when nothing is. */
export async function faultsOf(
  { method, path, body }: WireRequest,
  shapes: RequestShapes,
): Promise<string[]> {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const shape = shapes.requests.find((one) => one.method === method && one.path.test(pathname));
  if (!shape) return [`${method} ${pathname} is not in ${shapes.document}`];
  const { query = [] } = shape;
  const unknown = [...new Set(searchParams.keys())].filter((name) => !query.includes(name));
  return [...unknown.map((name) => `the query has ${name}`), ...(await bodyFaults(body, shape.body))];
}

async function bodyFaults(body: string, schema: JsonSchema | undefined): Promise<string[]> {
  if (!schema) return body === '' ? [] : ['there is a body'];
  const value = parseJson(body);
  if (value === undefined) return ['the body is not JSON'];
  const problems = (await jsonValidator(schema)).problems(value);
  return problems.map(({ path, message }) => `/${path.join('/')}: ${message}`);
}

/** An object that has these properties and no others; those named with a `?` at their end may be absent. */
export function closedObject(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const named = Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ''), schema]);
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(named), required, additionalProperties: false };
}
