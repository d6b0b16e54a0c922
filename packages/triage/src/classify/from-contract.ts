import type { ErrorFacts } from './facts.js';

/** The classes of the two families, by whose names a kind is known: `StorageNotFoundError`, `LlmRateLimitError`. */
const CLASS = /^(?:Storage|Llm)(?<kind>[A-Z]\w+)Error$/u;
/** `redis store failed after 2 attempts: the server refused … (WRONGPASS); the server refused it, not retriable`. */
const STORAGE =
  /^(?<origin>[a-z][\w-]*) \w+ failed(?: after \d+ attempts)?: .*?(?: \((?<code>[\w.-]+)\))?; (?<outcome>nothing was sent|the server refused it|it may have been applied), (?<again>not )?retriable/su;
/** `groq openai/gpt-oss-20b: too many requests (429 rate_limit_exceeded)`. */
const LLM = /^(?<origin>[a-z][\w-]*)(?: \S+)?: .*?(?: \((?<status>[1-5]\d\d)?(?: ?(?<code>[\w.-]+))?\))?$/su;

const OUTCOMES: Readonly<Record<string, string>> = {
  'nothing was sent': 'not_sent',
  'the server refused it': 'rejected',
  'it may have been applied': 'unknown',
};

/** Adds what a message of the contracts' errors says, whichever backend or provider made it. */
export function fromContract({ name, message }: ErrorFacts): Partial<ErrorFacts> {
  const kind = kindOf(name);
  const storage = STORAGE.exec(message)?.groups;
  if (storage) {
    const { outcome = '', again } = storage;
    return known({ ...storage, kind, outcome: OUTCOMES[outcome], retriable: again === undefined });
  }
  const llm = name.startsWith('Llm') ? LLM.exec(message)?.groups : undefined;
  return llm ? known({ ...llm, kind, status: llm.status && Number(llm.status) }) : {};
}

function kindOf(name: string): string | undefined {
  const words = CLASS.exec(name)?.groups?.kind;
  return words?.replace(/(?<=[a-z])(?=[A-Z])/gu, '_').toLowerCase();
}

function known({ again: _, ...facts }: Record<string, unknown>): Partial<ErrorFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
