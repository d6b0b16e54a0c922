import { Refusal } from './answer.js';
import { condition, type Fields, type Predicate } from './predicates.js';

/** Compiles a filter; throws the server's error for a wrong one. */
export function compile(fields: Fields, filter: string): Predicate {
  if (filter.trim() === '') return () => true;
  const tokens = tokenise(filter);
  const parser = new Parser(tokens, fields);
  return parser.parse();
}

/** Splits at operators and parentheses outside backticks and brackets; a backslash escapes nothing. */
function tokenise(filter: string): string[] {
  const tokens: string[] = [];
  let part = '';
  let quoted = false;
  let brackets = 0;
  const flush = () => {
    if (part.trim() !== '') tokens.push(part.trim());
    part = '';
  };
  for (let i = 0; i < filter.length; i += 1) {
    const char = filter[i] as string;
    const two = filter.slice(i, i + 2);
    if (char === '`') quoted = !quoted;
    else if (!quoted && char === '[') brackets += 1;
    else if (!quoted && char === ']') brackets -= 1;
    if (!quoted && brackets === 0 && (two === '&&' || two === '||')) {
      flush();
      tokens.push(two);
      i += 1;
    } else if (!quoted && brackets === 0 && (char === '(' || char === ')')) {
      flush();
      tokens.push(char);
    } else part += char;
  }
  flush();
  return tokens;
}

/** Conditions joined by operators, with parentheses. */
class Parser {
  readonly #tokens: string[];
  readonly #fields: Fields;

  constructor(tokens: string[], fields: Fields) {
    this.#tokens = tokens;
    this.#fields = fields;
    const count = (token: string) => tokens.filter((one) => one === token).length;
    if (count('(') !== count(')')) {
      throw new Refusal(400, 'Could not parse the filter query: unbalanced parentheses.');
    }
  }

  parse(): Predicate {
    const predicate = this.#any();
    if (this.#tokens.length > 0) throw new Refusal(400, 'Could not parse the filter query.');
    return predicate;
  }

  /** Joins conditions from left to right: both operators have the same precedence. */
  #any(): Predicate {
    let left = this.#one();
    while (this.#tokens[0] === '&&' || this.#tokens[0] === '||') {
      const both = this.#tokens.shift() === '&&';
      const [before, right] = [left, this.#one()];
      left = both
        ? (document) => before(document) && right(document)
        : (document) => before(document) || right(document);
    }
    return left;
  }

  #one(): Predicate {
    if (this.#take('(')) {
      const inner = this.#any();
      this.#take(')');
      return inner;
    }
    return condition(this.#fields, this.#tokens.shift() ?? '');
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }
}
