import { writeFileSync } from 'node:fs';
import { type ClassifyOptions, type Report, type TriagedFailure, triage } from '@drydock/triage';
import { codeOfFailures, EXIT } from '../../report/exit-code.js';
import { explained } from './explained.js';
import { asJson, asJUnit, asMarkdown } from './outputs.js';
import { readInputs } from './read-inputs.js';
import { asText } from './text.js';

/** Arguments of `drydock triage`. */
export interface TriageRequest {
  /** Files, folders and patterns; `-` is standard input. */
  readonly reports: readonly string[];
  readonly json: boolean;
  /** Prints a comment for a pull request. */
  readonly markdown?: boolean;
  /** File to write the classes to, as JUnit. */
  readonly junit?: string;
  /** Part of a test's name: shows the facts and the rules that hold for it. */
  readonly explain?: string;
  /** What the project and its packages add to triage. */
  readonly options: ClassifyOptions;
}

/** Classifies the failures of reports and prints them; a report that cannot be read is named, and the others are still classified. */
export function triageReports({ reports: paths, options, ...request }: TriageRequest): number {
  const problems: string[] = [];
  const commonValues = (options.origins ?? []).map(({ name }) => name);
  const reports = readInputs(paths, commonValues, problems);
  const failures = triage(reports, options);
  process.stdout.write(printed(failures, reports, request));
  if (request.junit !== undefined) writeFileSync(request.junit, asJUnit(failures));
  for (const problem of problems) process.stderr.write(`drydock: ${problem}\n`);
  return problems.length > 0 ? EXIT.usage : codeOfFailures(failures);
}

function printed(
  failures: readonly TriagedFailure[],
  reports: readonly Report[],
  { json, markdown, explain }: Pick<TriageRequest, 'json' | 'markdown' | 'explain'>,
): string {
  if (explain !== undefined) return explained(failures, explain);
  if (json) return asJson(failures, reports);
  return markdown ? asMarkdown(failures) : asText(failures, reports);
}
