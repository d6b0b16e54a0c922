import { fieldIn, type RawTest, textIn } from './raw-test.js';

const NOISE = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:FAIL|PASS|SKIP)|FAIL\b|PASS$|ok\s|exit status)/u;

/** The tests of `go test -json`, one event a line; a package that did not build or that panicked stands once. */
export function goTests(lines: Iterable<string>): RawTest[] {
  const output = new Map<string, string[]>();
  const ended: { file: string; name: string; failed: boolean }[] = [];
  for (const line of lines) {
    const event = eventOf(line);
    const file = textIn(event, 'Package') ?? textIn(event, 'ImportPath')?.split(' ')[0] ?? '';
    const name = textIn(event, 'Test') ?? '';
    const key = `${file}\n${name}`;
    const action = fieldIn(event, 'Action');
    if (action === 'output' || action === 'build-output')
      output.set(key, [...(output.get(key) ?? []), textIn(event, 'Output') ?? ''].slice(-400));
    if (action === 'pass' || action === 'fail') ended.push({ file, name, failed: action === 'fail' });
  }
  const failed = new Set(ended.filter((each) => each.failed).map(({ file, name }) => `${file}\n${name}`));
  return ended
    .filter(({ name, failed: isFailed, file }) =>
      name === '' ? isFailed && !has(failed, `${file}\n`) : !has(failed, `${file}\n${name}/`),
    )
    .map(({ file, name, failed: isFailed }) => ({
      file,
      name: name || '(package)',
      ...(isFailed && { problems: [{ text: told(output.get(`${file}\n${name}`) ?? []) }] }),
    }));
}

/** Whether a longer name failed: then the shorter one, a parent, tells nothing of its own. */
function has(names: ReadonlySet<string>, beginning: string): boolean {
  return [...names].some((name) => name.length > beginning.length && name.startsWith(beginning));
}

function told(output: readonly string[]): string {
  return output
    .filter((line) => !NOISE.test(line))
    .map((line) => line.replace(/^\s+[\w./-]+_test\.go:\d+: /u, ''))
    .join('')
    .trim();
}

function eventOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
