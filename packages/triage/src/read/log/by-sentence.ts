import { classify } from '../../classify/classify.js';
import type { Verdict } from '../../classify/verdict.js';
import type { TextCleaner } from '../clean-text.js';
import { factsFromText } from '../facts-from-text.js';
import type { ReportedFailure } from '../report.js';

/** What a tool prints may be a program's own words, so that they name a class and excuse nothing. */
const BY_TOOL = 0.65;
/** What tools put before their words. */
const MARK = /^\s*(?:[│|>✖✗×➤!-]+ |\[?(?:ERROR|error|Error|fatal|FATAL|WARN|E)\]?[:!]? |\S+ ERR! |YN\d+: )*/u;
/** What a job fetches before its own work begins: an outage near these words is that of a registry or a mirror. */
const FETCHING =
  /\b(?:[Dd]ownload\w*|registr(?:y|ies)|mirrors?|[Cc]lon(?:e|ing)|[Aa]rtifacts?|[Pp]ackages?|crates?|gems?|providers?|[Pp]ull(?:ing)?|images?|repositor(?:y|ies)|index|[Ii]nstall(?:ing)?|restore|metadata|tarball)\b/u;
const BY_FETCHING = 0.75;
/** Rules that say too little of a line whose tool is not known. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'default',
  'programming-error',
  'words-version',
  'words-locked',
  'leftover',
]);

/** What the last lines of a job say, read as errors are: the last line that a rule knows decides. */
export function bySentence(
  lines: readonly string[],
  last: string,
  clean: TextCleaner,
): ReportedFailure | undefined {
  const known = lines
    .map((line) => ({ line, verdict: verdictOf(line) }))
    .filter(({ verdict }) => verdict !== undefined && !UNKNOWN.has(verdict.rule));
  const outside = known.findLast(({ verdict }) => verdict?.class === 'environment');
  const found = outside ?? known.findLast(({ line }) => line === last) ?? known.at(-1);
  if (found?.verdict === undefined) return undefined;
  const { class: failureClass, subclass, confidence, remedy } = found.verdict;
  const isFetching = failureClass === 'environment' && lines.some((line) => FETCHING.test(line));
  return jobFailureOf(
    {
      class: failureClass,
      subclass,
      confidence: isFetching ? BY_FETCHING : Math.min(confidence, BY_TOOL),
      remedy,
      evidence: found.line,
    },
    clean,
  );
}

function verdictOf(line: string): Verdict | undefined {
  const words = line.replace(MARK, '').trim();
  return words.length < 4 ? undefined : classify({ errors: [factsFromText(words)], complete: false });
}

/** The failure of a job, with what its log says. */
export function jobFailureOf(
  { evidence, ...verdict }: Pick<Verdict, 'class' | 'subclass' | 'confidence' | 'remedy' | 'evidence'>,
  clean: TextCleaner,
): ReportedFailure {
  return {
    id: '(job)',
    test: '(job)',
    errors: [],
    complete: false,
    verdict: {
      ...verdict,
      evidence: clean.name(evidence).slice(0, 400),
      code: verdict.subclass.toUpperCase(),
    },
  };
}
