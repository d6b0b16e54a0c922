import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { glob } from 'tinyglobby';
import { collectStatically, type StaticTask } from '../gate/static-tests.js';
import { decide } from '../grants/decide.js';
import { markersOfFileName, moduleTags } from '../markers/file-markers.js';
import { columns } from '../report/columns.js';
import { EXIT } from '../report/exit-code.js';
import type { RunRequest } from './run-options.js';

/** A test as its source tells it. */
interface Explained {
  readonly file: string;
  readonly name: string;
  readonly markers: readonly string[];
  readonly fate: string;
}

const TEST_FILES = '**/*.{test,spec}.?(c|m)[jt]s?(x)';
const NEVER = ['**/node_modules/**', '**/dist/**', '**/.git/**'];

/** Prints every test with its markers and whether it would run, reading source text only. */
export async function explain(request: RunRequest): Promise<number> {
  const folders = request.select.length === 0 ? [''] : request.select.map(({ path }) => path);
  const patterns = folders.map((path) =>
    /\.[cm]?[jt]sx?$/.test(path) ? path : join(path, TEST_FILES).replaceAll('\\', '/'),
  );
  const files = await glob(patterns, { cwd: request.workspaceRoot, ignore: NEVER, absolute: true });
  const rows = files.sort().flatMap((path) => explainFile(path, request));
  process.stdout.write(request.json ? `${JSON.stringify(rows)}\n` : `${table(rows)}\n`);
  return EXIT.ok;
}

function explainFile(path: string, request: RunRequest): Explained[] {
  const source = readFileSync(path, 'utf8');
  const inherited = [...markersOfFileName(path, request.registry), ...moduleTags(source)];
  const file = relative(request.workspaceRoot, path).replaceAll('\\', '/');
  return collectStatically(path, source).flatMap((task) => explainTask(task, [], inherited));

  function explainTask(task: StaticTask, names: readonly string[], tags: readonly string[]): Explained[] {
    const own = [...tags, ...task.tags];
    const path = [...names, task.name];
    if (task.kind === 'suite') return task.children.flatMap((child) => explainTask(child, path, own));
    const markers = request.registry.markers.map(({ name }) => name).filter((name) => own.includes(name));
    const decision = decide(markers, request.grants, request.registry);
    const fate =
      task.mode === 'run' ? (decision.kind === 'gated' ? decision.reason : fateOf(decision.kind)) : task.mode;
    return [{ file, name: path.join(' > '), markers, fate }];
  }
}

function fateOf(kind: 'run' | 'not-collected'): string {
  return kind === 'run' ? 'runs' : 'not part of this level';
}

function table(rows: readonly Explained[]): string {
  if (rows.length === 0) return ' No test file here.';
  const lines = rows.map(({ file, name, markers, fate }) => [`${file}::${name}`, markers.join(', '), fate]);
  return columns([['test', 'markers', 'fate'], ...lines]).join('\n');
}
