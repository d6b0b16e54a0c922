import type { ErrorFacts } from './facts.js';
import { restored } from './from-message.js';

/** Assertions that no error came, by what they say before it; the error is their finding, not data. */
const AROUND: readonly RegExp[] = [
  /^promise rejected "(?<inside>[\s\S]+?)" instead of resolving/u,
  /Received promise rejected instead of resolved\s+Rejected to value: \[?(?<inside>[\s\S]+?)\]?(?:\n|$)/u,
  /\.not\.toThrow(?:Error)?\([\s\S]*?\)[\s\S]*?Error name: +"[^"]*"\s+Error message: +"(?<inside>[^"]*)"/u,
  /^expected \[?(?:Function|function)[^\n]*? to not throw (?:an )?error but '?(?<inside>[\s\S]+?)'? was thrown/u,
  /^expected \[?(?<inside>\w*(?:Error|Exception)(?::| \[)[\s\S]+?)\]? to (?:be (?:null|undefined|falsy)|not exist|not be (?:ok|truthy)|(?:deeply |strictly )?equal (?:null|undefined))/iu,
  /^ifError got unwanted exception: (?<inside>[\s\S]+)/u,
  /^Got unwanted (?:rejection|exception)\.?\s+Actual message: "(?<inside>[^"]*)"/u,
  /\bReceived unexpected error:\s+(?<inside>[\s\S]+?)(?=\n\s*(?:Test|Messages):|$)/u,
  /^expected no error,? (?:but )?(?:got|was|received):? "?(?<inside>[\s\S]+?)"?$/u,
  /toBeOK\(\) failed[\s\S]*?← (?<inside>\d{3} [^\n]+)/u,
  /\.(?:toBeNull|toBeUndefined|toBeFalsy)\(\)\s+Received: +\[?(?<inside>\w*Error: [^\n\]]+)/u,
];

/** `TypeError: fetch failed`. */
const NAMED = /^(?<name>\w*(?:Error|Exception))(?: \[\w+\])?: (?<rest>[\s\S]+)/u;

/** The error that an assertion was about, where it asserts that there is none; without its cause, only its words. */
export function insideAssertion({ message, causes = [] }: ErrorFacts): ErrorFacts | undefined {
  const inside = AROUND.map((each) => each.exec(message)?.groups?.inside).find((each) => each !== undefined);
  if (inside === undefined) return undefined;
  const { name = 'Error', rest = inside } = NAMED.exec(inside)?.groups ?? {};
  return causes[0] ?? restored({ name, message: rest });
}
