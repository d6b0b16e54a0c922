import type { Usage } from '../contract/index.js';
import type { WallClock } from './failures/retry-after.js';

/** Prices in US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** @default that of `input` */
  readonly cachedInput?: number;
  /** @default that of `input` */
  readonly audioInput?: number;
  /** For the tokens of reasoning too. */
  readonly output: number;
  /** First day of the price, such as `2026-01-01`, in UTC. @default no first day */
  readonly from?: string;
  /** First day on which it holds no more. @default no last day */
  readonly until?: string;
}

/** Prices by the names of models, over those of the list; several prices of a model follow one another in time. */
export type ModelPrices = Readonly<Record<string, ModelPrice | readonly ModelPrice[]>>;

/** What a service's document says about a model. */
export interface ModelData {
  /** Most tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Most tokens of an answer. */
  readonly maxOutputTokens?: number;
  readonly price?: ModelPrice | readonly ModelPrice[];
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
  /** Prices that come before those of the models. @default none */
  readonly prices?: ModelPrices | undefined;
  /** Time that the days of prices are compared with. @default Date.now */
  readonly wallClock?: WallClock | undefined;
}

/** The data of a model, where the list has it. */
export function modelData<Data extends ModelData>(list: ModelList<Data>, model: string): Data | undefined {
  return Object.hasOwn(list.models, model) ? list.models[model] : undefined;
}

/** The list of a server of one's own, whose models have no price but those that options name. */
export const UNPRICED: ModelList = { asOf: '', source: '', defaultModel: '', models: {} };

/** The list with the prices and the time that a provider was given. */
export function pricedList<List extends ModelList>(
  list: List,
  { prices, wallClock }: Pick<ModelList, 'prices' | 'wallClock'>,
): List {
  return prices || wallClock ? { ...list, prices, wallClock } : list;
}

/** The usage with its price, where the list knows one of the model that answered. */
export function withCost(usage: Usage, asked: string, list: ModelList, answered: string = asked): Usage {
  // A service names the version that answered, such as `flash-001` for `flash`.
  const price =
    priceOf(answered, list) ?? (answered.startsWith(`${asked}-`) ? priceOf(asked, list) : undefined);
  if (!price) return usage;
  const { inputTokens, outputTokens, cachedInputTokens = 0, audioInputTokens = 0 } = usage;
  const { input, cachedInput = input, audioInput = input, output } = price;
  const plain = inputTokens - cachedInputTokens - audioInputTokens;
  const dollars =
    plain * input + cachedInputTokens * cachedInput + audioInputTokens * audioInput + outputTokens * output;
  return { ...usage, costUsd: dollars / 1_000_000 };
}

function priceOf(model: string, list: ModelList): ModelPrice | undefined {
  const { prices = {}, wallClock = Date.now } = list;
  const price = Object.hasOwn(prices, model) ? prices[model] : modelData(list, model)?.price;
  if (!price) return undefined;
  const now = wallClock();
  return [price]
    .flat()
    .find(({ from, until }) => (!from || Date.parse(from) <= now) && (!until || now < Date.parse(until)));
}
