import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { withImplied } from '@drydock/workspace';
import { decide } from '../../gate/decide.js';
import { isAt, isNamed, isNameTemplate } from '../../gate/node-id.js';
import { parseExpression } from '../../markers/expression.js';
import { columns } from '../../report/columns.js';
import { EXIT } from '../../report/exit-code.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';
import { type DeclaredTest, declaredTests } from './declared-tests.js';
import { changesSince, formatChanges } from './gate-changes-since.js';

/** A test with the gate's decision. */
interface ExplainedTest extends Omit<DeclaredTest, 'tags' | 'mode' | 'only' | 'retry' | 'body'> {
  /** `runs`, `skip`, `todo`, or why it is gated. */
  readonly fate: string;
}

/** Prints every test with its markers and whether it would run; with a base, the changes of the gate since that revision. Reads source text and runs nothing. */
export async function explain(request: RunRequest, base?: string): Promise<number> {
  const tests = base === undefined ? await explainTests(request) : [];
  const changes = base === undefined ? [] : changesSince(base, request);
  const text = base === undefined ? testTable(tests) : formatChanges(changes, base);
  process.stdout.write(`${request.json ? JSON.stringify(base === undefined ? tests : changes) : text}\n`);
  return EXIT.ok;
}

async function explainTests(request: RunRequest): Promise<ExplainedTest[]> {
  const { workspaceRoot, registry, grants } = request;
  const isSelected = selection(request);
  const paths = await testFilesOf(request);
  const tests = paths.flatMap((path) => {
    const file = relative(workspaceRoot, path).replaceAll('\\', '/');
    return declaredTests(file, readFileSync(path, 'utf8'), registry).filter(isSelected);
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

/** Selects the tests that a run would, by node ids, `-m` and `-t`. */
function selection({ select, expression: text, name: pattern, registry }: RunRequest) {
  const known = registry.markers.map(({ name }) => name);
  const expression = text === undefined ? undefined : parseExpression(text, known);
  return ({ file, name, markers }: DeclaredTest): boolean => {
    const ids = select.filter(({ path }) => isAt(file, path));
    return (
      (ids.length === 0 || ids.some((id) => id.name === undefined || isNamed(name, id.name))) &&
      (expression?.matches(new Set(withImplied(markers, registry))) ?? true) &&
      (pattern === undefined || mayMatch(name, pattern))
    );
  };
}

/** Vitest matches names joined with spaces; a name that only running code completes may match any pattern. */
function mayMatch(name: string, pattern: string): boolean {
  return new RegExp(pattern).test(name.replaceAll(' > ', ' ')) || isNameTemplate(name);
}

function testTable(rows: readonly ExplainedTest[]): string {
  if (rows.length === 0) return ' No test here.';
  const lines = rows.map(({ file, name, markers, fate }) => [`${file}::${name}`, markers.join(', '), fate]);
  return columns([['test', 'markers', 'fate'], ...lines]).join('\n');
}
