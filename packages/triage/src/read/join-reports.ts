import type { Report, ReportedFailure } from './report.js';

/** Reports of one run are written at its end, one after the other. */
const SAME_RUN_MS = 60_000;
/** Names with characters that XML cannot hold differ. */
const SAME_TESTS = 0.9;

/** A failure and the report that tells most of it. */
export interface JoinedFailure extends ReportedFailure {
  /** Name of that report. */
  readonly report: string;
}

/** The failures of all reports; where a JSON and a JUnit report are of one run, each failure stands once, with the most that either tells. */
export function joinReports(reports: readonly Report[]): JoinedFailure[] {
  const partners = new Map<Report, Report>();
  for (const json of reports.filter(({ format }) => format === 'vitest-json')) {
    const junit = reports.find(
      (each) => each.format === 'junit' && ![...partners.values()].includes(each) && isSameRun(json, each),
    );
    if (junit) partners.set(json, junit);
  }
  const taken = new Set(partners.values());
  return reports
    .filter((report) => !taken.has(report))
    .flatMap((report) => {
      const junit = partners.get(report);
      return junit ? joined(report, junit) : told(report.failures, report);
    });
}

function isSameRun(json: Report, junit: Report): boolean {
  if (json.endedAt === undefined || junit.endedAt === undefined) return false;
  if (Math.abs(json.endedAt - junit.endedAt) > SAME_RUN_MS) return false;
  // Files that do not load leave no test in JSON.
  if (json.tests.length === 0)
    return json.failures.some(({ file = '' }) =>
      junit.failures.some((each) => isSameFile(file, each.file ?? '')),
    );
  const names = new Set(junit.tests);
  const shared = json.tests.filter((id) => names.has(shortId(id, names)));
  return shared.length > 0 && shared.length >= SAME_TESTS * json.tests.length;
}

/** JUnit tells each error with its causes and each hook; JSON alone tells for certain whose worker was gone. */
function joined(json: Report, junit: Report): JoinedFailure[] {
  const names = new Set(junit.tests);
  const killed = new Set(
    json.failures
      .filter(({ situation }) => situation === 'worker-killed')
      .map(({ id }) => shortId(id, names)),
  );
  const fromJUnit = junit.failures.filter(
    ({ id, situation }) => situation !== 'worker-killed' || killed.has(id),
  );
  const known = new Set(fromJUnit.map(({ id }) => id));
  const files = new Set(fromJUnit.map(({ file }) => file));
  const onlyInJson = json.failures.filter(({ id, file = '', situation }) => {
    if (situation === 'untold') return ![...files].some((each) => each && isSameFile(file, each));
    return !known.has(shortId(id, names));
  });
  return [...told(fromJUnit, junit), ...told(onlyInJson, json)];
}

function told(failures: readonly ReportedFailure[], { name }: Report): JoinedFailure[] {
  return failures.map((failure) => ({ ...failure, report: name }));
}

/** JSON names files from the root of the disk, JUnit from the project's: drops folders until the names agree. */
function shortId(id: string, names: ReadonlySet<string>): string {
  let rest = id;
  while (!names.has(rest)) {
    const end = rest.indexOf('::');
    const slash = rest.indexOf('/');
    if (slash === -1 || (end !== -1 && slash > end)) return id;
    rest = rest.slice(slash + 1);
  }
  return rest;
}

function isSameFile(long: string, short: string): boolean {
  return short !== '' && (long === short || long.endsWith(`/${short}`));
}
