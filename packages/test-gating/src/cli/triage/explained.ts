import { classLabel, type TriagedFailure } from '@drydock/triage';
import { oneLine } from '../../report/printable.js';

const SHOWN = 5;

/** Why each failure whose name holds `part` has its class: the facts that were read, the rule that decided and those after it. */
export function explained(failures: readonly TriagedFailure[], part: string): string {
  const chosen = failures.filter(({ test }) => test.includes(part));
  if (chosen.length === 0) return ` no failure whose name holds '${oneLine(part)}'\n`;
  return chosen.slice(0, SHOWN).map(explanation).join('\n');
}

function explanation({ test, facts, held, ...verdict }: TriagedFailure): string {
  const rules = held().map(
    ({ id, class: failureClass, subclass, quoted, evidence }) =>
      `   ${id === verdict.rule ? '→' : ' '} ${id}  ${classLabel(failureClass)} / ${subclass}${quoted ? ', by quoted words' : ''}: ${oneLine(evidence)}`,
  );
  const shown = JSON.stringify(facts, undefined, 2).replace(/^/gmu, '   ');
  return [
    ` ${oneLine(test)}`,
    `   ${classLabel(verdict.class)} / ${verdict.subclass}, confidence ${verdict.confidence}, by rule '${verdict.rule}'`,
    `   ${oneLine(verdict.evidence)}`,
    ' rules that hold, the first that is not outweighed decides',
    ...(rules.length > 0 ? rules : ['     none']),
    ' facts',
    shown,
    '',
  ].join('\n');
}
