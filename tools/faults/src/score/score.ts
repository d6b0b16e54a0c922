import { ReportError, readReport, type TriagedFailure, triage } from '@drydock/triage';
import { type Collected, renderings } from './collected.js';

/** One failure in one format, and what triage made of it. */
export interface Scored {
  readonly source: string;
  readonly name: string;
  readonly format: string;
  readonly expected: string;
  readonly found: string;
  readonly confidence: number;
  readonly evidence: string;
}

/** What the exit code takes for a known class. */
const SURE = 0.7;

/** Classifies each rendering of each failure from its report alone. */
export function scored(rows: readonly Collected[]): Scored[] {
  return rows.flatMap((row) =>
    renderings(row).map(({ format, text }) => {
      const verdict = verdictOf(text);
      return { source: row.source, name: row.name, format, expected: row.expected, ...foundIn(verdict) };
    }),
  );
}

/** What stands in a text in which no report is found counts as nothing. */
function verdictOf(text: string): TriagedFailure | undefined {
  try {
    return triage([readReport('report', text, { env: {} })])[0];
  } catch (error) {
    if (error instanceof ReportError) return undefined;
    throw error;
  }
}

function foundIn(verdict: TriagedFailure | undefined): Pick<Scored, 'found' | 'confidence' | 'evidence'> {
  return verdict === undefined
    ? { found: 'unknown/nothing', confidence: 0, evidence: 'no failure was read' }
    : {
        found: `${verdict.class}/${verdict.subclass}`,
        confidence: verdict.confidence,
        evidence: verdict.evidence,
      };
}

/** Shares of one set of failures. */
export interface Score {
  readonly count: number;
  /** Class named rightly, whatever the confidence. */
  readonly right: number;
  /** Defects of whose excuse triage is sure. */
  readonly excused: number;
  readonly unknown: number;
  readonly unsure: number;
}

/** Counts how often the class was right. */
export function scoreOf(rows: readonly Scored[]): Score {
  const count = (holds: (row: Scored) => boolean) => rows.filter(holds).length;
  return {
    count: rows.length,
    right: count(isRight),
    excused: count((row) => isExcused(row)),
    unknown: count(({ found }) => classOf(found) === 'unknown'),
    unsure: count(({ confidence }) => confidence < SURE),
  };
}

/** Whether the class is the one of the fault. */
export function isRight({ expected, found }: Scored): boolean {
  return classOf(expected) === classOf(found);
}

/** Whether a defect would end a run as an outage. */
export function isExcused({ expected, found, confidence }: Scored): boolean {
  return classOf(expected) === 'mechanism' && classOf(found) === 'environment' && confidence >= SURE;
}

/** Class of a class and its subclass. */
export function classOf(label: string): string {
  return label.split('/')[0] ?? label;
}
