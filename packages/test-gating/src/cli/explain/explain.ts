import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { withImplied } from '@drydock/workspace';
import { decide } from '../../gate/decide.js';
import { isAt, isNamed } from '../../gate/node-id.js';
import { parseExpression } from '../../markers/expression.js';
import { columns } from '../../report/columns.js';
import { EXIT } from '../../report/exit-code.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';
import { TEMPLATE } from '../run/run-selection.js';
import { type DeclaredTest, declaredTests } from './declared-tests.js';
import { changesSince, formatChanges } from './gate-changes-since.js';

/** A test and what the gate would do with it. */
interface Explained extends Omit<DeclaredTest, 'tags' | 'mode' | 'only' | 'retry'> {
  /** `runs`, `skip`, `todo`, or why it is gated. */
  readonly fate: string;
}

/** Prints every test with its markers and whether it would run, reading source text only; with a base, what changed. */
export async function explain(request: RunRequest, base?: string): Promise<number> {
  const tests = base === undefined ? await explainTests(request) : [];
  const changes = base === undefined ? [] : changesSince(base, request);
  const text = base === undefined ? testTable(tests) : formatChanges(changes, base);
  process.stdout.write(`${request.json ? JSON.stringify(base === undefined ? tests : changes) : text}\n`);
  return EXIT.ok;
}

async function explainTests(request: RunRequest): Promise<Explained[]> {
  const { workspaceRoot, registry, grants } = request;
  const isAskedFor = selection(request);
  const paths = await testFilesOf(request);
  const tests = paths.flatMap((path) => {
    const file = relative(workspaceRoot, path).replaceAll('\\', '/');
    return declaredTests(file, readFileSync(path, 'utf8'), registry).filter(isAskedFor);
  });
  return tests.map(({ file, name, markers, tags, mode }) => {
    const decision = decide(markers, grants, registry);
    const isPart = grants.only === undefined || tags.includes(grants.only);
    const fate =
      !isPart || decision.kind === 'not-collected'
        ? 'not part of this level'
        : decision.kind === 'gated'
          ? decision.reason
          : 'runs';
    return { file, name, markers, fate: mode === 'run' ? fate : mode };
  });
}

/** Chooses as a run would, by node ids, `-m` and `-t`. */
function selection({ select, expression: text, name: pattern, registry }: RunRequest) {
  const known = registry.markers.map(({ name }) => name);
  const expression = text === undefined ? undefined : parseExpression(text, known);
  return ({ file, name, markers }: DeclaredTest): boolean => {
    const asked = select.filter(({ path }) => isAt(file, path));
    return (
      (asked.length === 0 || asked.some((id) => id.name === undefined || isNamed(name, id.name))) &&
      (expression?.matches(new Set(withImplied(markers, registry))) ?? true) &&
      (pattern === undefined || mayMatch(name, pattern))
    );
  };
}

/** Vitest matches names joined with spaces; one that only running code completes may match anything. */
function mayMatch(name: string, pattern: string): boolean {
  return new RegExp(pattern).test(name.replaceAll(' > ', ' ')) || TEMPLATE.test(name);
}

function testTable(rows: readonly Explained[]): string {
  if (rows.length === 0) return ' No test here.';
  const lines = rows.map(({ file, name, markers, fate }) => [`${file}::${name}`, markers.join(', '), fate]);
  return columns([['test', 'markers', 'fate'], ...lines]).join('\n');
}
