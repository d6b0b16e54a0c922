/** Values in prose that are looked at; a model that writes more of them has not answered. */
const MOST_SPANS = 20;
/** Openings in prose at which no value begins that are looked at. */
const MOST_MISSES = 20;

/** The objects and lists that stand in a text, the last of them first; each character is looked at a few times at most. */
export function jsonSpans(text: string): string[] {
  const spans: string[] = [];
  let misses = 0;
  for (let at = 0; at < text.length && spans.length < MOST_SPANS && misses < MOST_MISSES; ) {
    const start = nextOpening(text, at);
    if (start === -1) break;
    const end = endOfValue(text, start);
    if (end === undefined) misses += 1;
    else spans.push(text.slice(start, end));
    at = end ?? start + 1;
  }
  return spans.reverse();
}

function nextOpening(text: string, from: number): number {
  const found = text.slice(from).search(/[[{]/);
  return found === -1 ? -1 : from + found;
}

/** Where the object or list that begins at `start` ends; undefined where it does not. */
function endOfValue(text: string, start: number): number | undefined {
  const structure = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
  structure.lastIndex = start;
  const open: string[] = [];
  for (let part = structure.exec(text); part; part = structure.exec(text)) {
    const [found] = part;
    if (found === '{' || found === '[') open.push(found === '{' ? '}' : ']');
    else if (found === '}' || found === ']') {
      if (open.pop() !== found) return undefined;
      if (open.length === 0) return structure.lastIndex;
    }
  }
  return undefined;
}
