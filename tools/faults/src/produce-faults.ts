import { openFaultServers } from './fault-servers.js';
import { judgeHarness } from './harness-project.js';
import { type Judged, judge } from './judge-faults.js';
import { runFaults } from './run-vitest.js';
import { availableWalls } from './sandboxes.js';

const OPEN = [
  'network',
  'tls',
  'redis',
  'postgres',
  'neo4j',
  'typesense',
  'qdrant',
  'providers',
  'planted',
  'conformance',
];

/** What came of all faults that can be produced here. */
export interface Produced {
  readonly rows: readonly Judged[];
  readonly servers: readonly string[];
  /** What could not be had here. */
  readonly absent: readonly string[];
}

/** Produces every fault and judges it. */
export async function produceFaults(
  root: string,
  tell: (line: string) => void = () => {},
): Promise<Produced> {
  const servers = await openFaultServers(root);
  try {
    tell(`servers: ${servers.servers.join(', ') || 'none'}`);
    const open = judge(await runFaults(OPEN, servers.env));
    const walls = availableWalls();
    const walled: Judged[] = [];
    for (const { kind, evidence, command } of walls) {
      tell(`walls: ${kind}`);
      const run = await runFaults(['sandbox'], { FAULTS_WALLS: kind }, command);
      walled.push(...judge(run, { sandbox: { kind, evidence } }));
    }
    const missing = ['seccomp', 'empty-network-namespace'].filter(
      (kind) => !walls.some((wall) => wall.kind === kind),
    );
    return {
      rows: bySubject([...open, ...walled, ...(await judgeHarness(root))]),
      servers: servers.servers,
      absent: [...servers.absent, ...missing.map((kind) => `walls: ${kind}`)],
    };
  } finally {
    await servers.close();
  }
}

/** Vitest runs files in an order of its own. */
function bySubject(rows: readonly Judged[]): Judged[] {
  return [...rows].sort((one, other) => one.subject.localeCompare(other.subject, 'en'));
}
