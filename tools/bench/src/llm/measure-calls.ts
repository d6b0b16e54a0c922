import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../statistics.js';
import { startServer } from './answering-server.js';
import { type Link, SubjectProcess } from './subject-process.js';
import { SUBJECTS } from './subjects.js';

const BATCHES = 20;
const CALLS = 100;

/** Microseconds of processor time of a call, by subject; those of the same index belong to one round. */
export type CallTimes = Readonly<Record<string, readonly number[]>>;

/** Over TLS as services are reached, over plain HTTP, and over a fetch that answers at once. */
export interface CallsMeasured {
  readonly https: CallTimes;
  readonly http: CallTimes;
  readonly fake: CallTimes;
}

/** Measures every subject, each in a process of its own, as often as asked. */
export async function measureCalls(pairs: number, tell: (line: string) => void): Promise<CallsMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const trusted = join(folder, 'certificate.pem');
  const [https, http] = await Promise.all([startServer('https'), startServer('http')]);
  try {
    writeFileSync(trusted, https.certificate ?? '');
    const over = (title: string, link: Link) =>
      measureOver(link, pairs, (round) => tell(`calls over ${title}, round ${round} of ${pairs}`));
    return {
      https: await over('HTTPS', { origin: https.origin, trusted }),
      http: await over('HTTP', { origin: http.origin }),
      fake: await over('a fake fetch', {}),
    };
  } finally {
    https.close();
    http.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOver(link: Link, rounds: number, tell: (round: number) => void): Promise<CallTimes> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, batches] of await measureRound(link)) times[name]?.push(median(batches));
    tell(round);
  }
  return times;
}

/** All subjects take turns, a batch each: a load that comes and goes weighs on neighbours alike, and the median leaves it out. */
async function measureRound(link: Link): Promise<Map<string, number[]>> {
  const subjects = new Map<string, SubjectProcess>();
  const times = new Map<string, number[]>();
  try {
    for (const name of Object.keys(SUBJECTS)) {
      subjects.set(name, await SubjectProcess.start(name, link));
      times.set(name, []);
    }
    for (let batch = 1; batch <= BATCHES; batch += 1) {
      // Every other time the other way about: none of them always follows the same one.
      const turns = batch % 2 === 0 ? [...subjects].toReversed() : [...subjects];
      for (const [name, subject] of turns) times.get(name)?.push(await subject.batch(CALLS));
    }
    return times;
  } finally {
    for (const subject of subjects.values()) subject.stop();
  }
}
