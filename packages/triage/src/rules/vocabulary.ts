import type { Conditions, Rule } from '../classify/rule.js';
import { BY_PACKAGE } from '../tables/names.js';
import { MOCK_WORDS, OUTSIDE_WORDS, REQUEST_WORDS } from '../tables/vocabulary.js';
import { REQUEST_REMEDIES, WORD_REMEDIES } from './remedies-of-words.js';

/** Subclasses whose rule has another name. */
const SUBCLASSES: Readonly<Record<string, string>> = {
  'words-database': 'wrong-database',
  'words-limit': 'rate-limit',
  'words-resources': 'out-of-resources',
  'words-program': 'missing-program',
  'words-connection': 'reset',
  'words-locked': 'locked',
  'words-late': 'unresponsive',
  'words-token': 'rejected',
};
/** Words that our own waiting or a neighbour's file may have caused as well: even a package's are not enough. */
const NEVER_SURE = new Set(['words-late', 'words-locked', 'words-version', 'words-program']);
const BY_WORDS = 0.6;
const BY_WORDS_OF_PACKAGE = 0.72;

/** What the words of any library say, where no code and no sentence of a table is known: mistakes in requests. */
export const REQUEST_WORD_RULES: readonly Rule[] = Object.entries(REQUEST_WORDS).flatMap(([id, words]) =>
  rulesOf(id, words, { class: 'mechanism', remedy: REQUEST_REMEDIES[id] ?? '' }),
);

/** As {@link REQUEST_WORD_RULES}: refusals of mocks. */
export const MOCK_WORD_RULES: readonly Rule[] = [
  {
    id: 'words-mock',
    class: 'harness',
    subclass: 'missing-mock',
    confidence: BY_WORDS,
    remedy:
      'A mock or a recording refused this request: give it an answer, or let the test reach the server.',
    when: [{ words: MOCK_WORDS, own: false, complete: false }],
  },
];

/** As {@link REQUEST_WORD_RULES}: what is outside of the code. */
export const OUTSIDE_WORD_RULES: readonly Rule[] = Object.entries(OUTSIDE_WORDS).flatMap(([id, words]) =>
  rulesOf(id, words, { class: 'environment', remedy: WORD_REMEDIES[id] ?? '', passing: true }),
);

/** A rule for words that a package made, and one for words of whoever it was. */
function rulesOf(
  id: string,
  words: string,
  traits: Pick<Rule, 'class' | 'remedy' | 'passing'>,
): readonly Rule[] {
  const subclass = SUBCLASSES[id] ?? id.slice('words-'.length);
  const when: Conditions = { words, own: false, complete: false };
  const rule = { ...traits, subclass };
  return [
    ...(NEVER_SURE.has(id)
      ? []
      : [
          {
            ...rule,
            id: `package-${id}`,
            confidence: BY_WORDS_OF_PACKAGE,
            when: [{ ...when, stack: BY_PACKAGE }],
          },
        ]),
    { ...rule, id, confidence: BY_WORDS, when: [when] },
  ];
}
