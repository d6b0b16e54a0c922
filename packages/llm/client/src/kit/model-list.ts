import type { Usage } from '../contract/index.js';

/** Prices in US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** @default that of `input` */
  readonly cachedInput?: number;
  readonly output: number;
}

/** What a service's document says about a model. */
export interface ModelData {
  /** Most tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Most tokens of an answer. */
  readonly maxOutputTokens?: number;
  readonly price?: ModelPrice;
}

/** A service's models on one day; they are data, so that no code depends on a model's name. */
export interface ModelList<Data extends ModelData = ModelData> {
  /** Day of the data, such as `2026-11-20`. */
  readonly asOf: string;
  /** Address of the document that the data follows. */
  readonly source: string;
  /** Model that is asked unless options or a request name another. */
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, Data>>;
}

/** The data of a model, where the list has it. */
export function modelData<Data extends ModelData>(list: ModelList<Data>, model: string): Data | undefined {
  return Object.hasOwn(list.models, model) ? list.models[model] : undefined;
}

/** The usage with its price, where the list knows one. */
export function withCost(usage: Usage, model: string, list: ModelList): Usage {
  const price = modelData(list, model)?.price;
  if (!price) return usage;
  const { inputTokens, outputTokens, cachedInputTokens = 0 } = usage;
  const { input, cachedInput = input, output } = price;
  const dollars =
    (inputTokens - cachedInputTokens) * input + cachedInputTokens * cachedInput + outputTokens * output;
  return { ...usage, costUsd: dollars / 1_000_000 };
}
