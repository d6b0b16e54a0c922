import { PLACES, type Place } from '../shapes/places.js';
import { VALUE_SHAPES, type ValueShape } from '../shapes/value-shapes.js';
import { literalFinder } from './literal-finder.js';

const HINTS = [...VALUE_SHAPES, ...PLACES].flatMap((rule) => rule.hints.map((hint) => ({ hint, rule })));
const findHints = literalFinder(HINTS.map(({ hint }) => hint));

/** The rules that are worth a look at a text. */
export interface HintedRules {
  readonly shapes: readonly ValueShape[];
  readonly places: readonly Place[];
}

let last: { readonly text: string; readonly rules: HintedRules } | undefined;

/** Selects the rules of which a text holds a hint, in one pass; the answer for the latest text is kept. */
export function hintedRules(text: string): HintedRules {
  if (last?.text === text) return last.rules;
  const found = new Set<ValueShape | Place>();
  findHints(text, (index) => {
    const rule = HINTS[index]?.rule;
    if (rule !== undefined) found.add(rule);
  });
  const all = [...found];
  const rules = {
    shapes: all.filter((rule): rule is ValueShape => 'source' in rule),
    places: all.filter((rule): rule is Place => !('source' in rule)),
  };
  // A long text would stay in memory for nothing.
  last = text.length <= 1_048_576 ? { text, rules } : undefined;
  return rules;
}
