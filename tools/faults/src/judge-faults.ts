import { join } from 'node:path';
import {
  CERTAIN_ENOUGH,
  classify,
  classLabel,
  type Findings,
  type Origin,
  readReport,
  triage,
  type Verdict,
} from '@drydock/triage';
import { originsVisibleFrom } from '@drydock/workspace/origins';
import type { ProducedFault } from './facts-reporter.js';
import { CONFORMANCE } from './fault-meta.js';
import type { FaultRun } from './run-vitest.js';

/** What the workspace's packages say of their errors. */
const ORIGINS = originsVisibleFrom(join(import.meta.dirname, '../../..')) as readonly Origin[];

/** One row of the table. */
export interface Judged {
  readonly subject: string;
  readonly name: string;
  readonly expected: string;
  /** Class and subclass as a run of our own finds them. */
  readonly own: string;
  /** The same, from Vitest's JSON alone and from its JUnit alone. */
  readonly json: string;
  readonly junit: string;
  readonly evidence: string;
  /** What is wrong; absent where everything is right. */
  readonly problem?: string;
}

/** Classifies each fault of a run three times: with all that was seen, and from either report alone. */
export function judge(run: FaultRun, findings: Findings = {}): Judged[] {
  const json = classesIn('out.json', run.json);
  const junit = classesIn('out.xml', run.junit);
  const rows = run.faults.map((fault) => {
    const verdict = ownVerdict(fault, findings);
    const row = {
      subject: fault.subject,
      name: fault.name,
      expected: fault.expected,
      own: shown({ class: verdict.class, subclass: verdict.subclass }),
      json: json.get(fault.test) ?? 'not in the report',
      junit: junit.get(fault.test) ?? 'not in the report',
      evidence: verdict.evidence,
    };
    const problem = problemOf(row, fault.produced, fault.check !== undefined);
    return { ...row, ...(problem !== undefined && { problem }) };
  });
  return [...rows.filter(({ subject }) => subject !== CONFORMANCE), ...defectsIn(rows)];
}

/** One row a defect: each clause that it breaks has to be blamed on the code. */
function defectsIn(rows: readonly Judged[]): Judged[] {
  const clauses = rows.filter(({ subject }) => subject === CONFORMANCE);
  return [...new Set(clauses.map(({ name }) => name))].map((name) => {
    const own = clauses.filter((clause) => clause.name === name);
    const classes = (column: 'own' | 'json' | 'junit') =>
      [...new Set(own.map((clause) => clause[column].split(' / ')[0]))].sort().join(', or ');
    const problem = own.find((clause) => clause.problem !== undefined);
    return {
      subject: CONFORMANCE,
      name,
      expected: 'defect',
      own: classes('own'),
      json: classes('json'),
      junit: classes('junit'),
      evidence: problem?.evidence ?? `${own.length} clauses`,
      ...(problem?.problem !== undefined && { problem: problem.problem }),
    };
  });
}

function ownVerdict({ errors, test, check }: ProducedFault, findings: Findings): Verdict {
  const checked = check ? { ...findings, endpoints: [check] } : findings;
  return classify({ errors, complete: true, test, findings: checked }, { origins: ORIGINS });
}

/** Class and subclass of each failure that a report alone is sure of, by the test’s name. */
export function classesIn(name: string, text: string): Map<string, string> {
  const failures = triage([readReport(name, text, { env: {} })], { origins: ORIGINS });
  return new Map(
    failures.map((failure) => [failure.test.slice(failure.test.indexOf('::') + 2), shown(failure)]),
  );
}

type Shown = Pick<Verdict, 'class' | 'subclass'> & Partial<Pick<Verdict, 'confidence'>>;

/** Class and subclass as the table shows them; of a report below the confidence that excuses, nothing. */
export function shown({ class: failureClass, subclass, confidence = 1 }: Shown): string {
  const unsure = failureClass === 'unknown' || confidence < CERTAIN_ENOUGH;
  return unsure ? 'not enough evidence' : `${classLabel(failureClass)} / ${subclass}`;
}

/** A report alone may know less, and must never put the blame elsewhere; what was checked afterwards is not in it. */
export function problemOf(
  { own, json, junit, expected }: Pick<Judged, 'own' | 'json' | 'junit' | 'expected'>,
  produced: boolean,
  checked: boolean,
): string | undefined {
  if (!produced) return 'the fault did not come about';
  if (own !== expected && own.split(' / ')[0] !== expected) return `classified as ${own}`;
  if (checked) return undefined;
  const [its] = expected.split(' / ');
  for (const [name, found] of [
    ['JSON', json],
    ['JUnit', junit],
  ] as const) {
    if (found !== 'not enough evidence' && found.split(' / ')[0] !== its)
      return `${name} alone says ${found}`;
  }
  return undefined;
}
