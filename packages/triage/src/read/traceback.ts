/** How Python begins to tell of an error, behind what a log may put before the line. */
const START = /^[ \t]*Traceback \(most recent call last\):/u;
const FRAME = /^\s+File "(?<path>[^"]+)", line (?<line>\d+)(?:, in (?<name>.+))?/u;
/** What Python puts between two errors of which the second came of the first. */
const LINK =
  /^\s*(?:(?<direct>The above exception was the direct cause)|During handling of the above exception)\b/u;
const RULER = /^\s*[-=_]{10,}\s*$/u;
/** Errors of the code by itself; one of these in a handler is no word about what was handled. */
const OWN_FAULT =
  /^(?:\w+\.)*(?:TypeError|AttributeError|NameError|KeyError|IndexError|UnboundLocalError|ZeroDivisionError|RecursionError|AssertionError|NotImplementedError|SyntaxError|ImportError|ModuleNotFoundError)\b/u;
/** How a task learns that its time is over. */
const CANCELLED = /^(?:\w+\.)*CancelledError\b/u;
const LINES = 80;

interface Told {
  readonly words: string[];
  readonly frames: string[];
  /** How this error came of the one that was told before it. */
  readonly link?: 'direct' | 'handling';
}

/** Whether Python tells of an error in a line. */
export function startsTraceback(line: string): boolean {
  return START.test(line);
}

/** The errors of Python's tracebacks in the order of other languages: the last comes first, then what led to it. */
export function fromTraceback(text: string): string | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex(startsTraceback);
  if (start === -1) return undefined;
  const before = lines.slice(0, start).filter((line) => line.trim() !== '' && !RULER.test(line));
  const isLinked = before.some((line) => LINK.test(line));
  // What stands before a traceback that is not linked to it tells of something else, or quotes it.
  if (
    before.length > 0 &&
    !isLinked &&
    !RULER.test(lines.slice(0, start).findLast((line) => line.trim() !== '') ?? '')
  )
    return undefined;
  const told = toldIn(isLinked ? lines : lines.slice(start), isLinked);
  const chain = chainOf(told);
  return chain.length === 0 ? undefined : chain.map(printed).join('\nCaused by: ');
}

function toldIn(lines: readonly string[], inWords: boolean): Told[] {
  const told: Told[] = inWords ? [{ words: [], frames: [] }] : [];
  let reading: 'frames' | 'words' | 'nothing' = inWords ? 'words' : 'nothing';
  let link: Told['link'];
  for (const line of lines) {
    const last = told.at(-1);
    const linked = LINK.exec(line)?.groups;
    if (linked) {
      link = linked.direct === undefined ? 'handling' : 'direct';
      reading = 'nothing';
    } else if (START.test(line)) {
      told.push({ words: [], frames: [], ...(link && { link }) });
      link = undefined;
      reading = 'frames';
    } else if (reading === 'frames' && /^(?:\s|$)/u.test(line)) {
      const frame = FRAME.exec(line)?.groups;
      if (frame) last?.frames.push(`    at ${frame.name ?? '<module>'} (${frame.path}:${frame.line}:1)`);
    } else if (RULER.test(line)) reading = 'nothing';
    else if (reading !== 'nothing') {
      reading = 'words';
      if (last && last.words.length < LINES) last.words.push(line);
    }
  }
  return told.filter(({ words }) => words.some((line) => line.trim() !== ''));
}

/** The last error and those that led to it. */
function chainOf(told: readonly Told[]): Told[] {
  const chain: Told[] = [];
  for (const each of told.toReversed()) {
    const isFirst = chain.length === 0;
    const isOwn = OWN_FAULT.test(each.words[0] ?? '');
    if (isFirst || !(CANCELLED.test(each.words[0] ?? '') || (isOwn && isOfPackage(each)))) chain.push(each);
    if (each.link === undefined || (isFirst && each.link === 'handling' && isOwn)) break;
  }
  return chain;
}

/** A package tries a list or a table and goes on where it holds nothing: that is no fault. */
function isOfPackage({ frames }: Told): boolean {
  return /[/\\](?:site|dist)-packages[/\\]|[/\\]python\d[\d.]*[/\\]|<frozen /u.test(frames.at(-1) ?? '');
}

function printed({ words, frames }: Told): string {
  return [words.join('\n').trim(), ...frames.toReversed()].join('\n');
}
