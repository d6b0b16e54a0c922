import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';

/** Names that a test may have, to the harm of whoever shows them. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'a script': '<script>alert(1)</script>',
  'the end of a script': '</script><img src=x onerror=alert(1)>',
  'a comment': '<!-- x --><!--<script>',
  'the end of a CDATA section': ']]><x/>',
  'a terminal sequence': '\u001b]0;title\u0007\u001b[2J\u001b[31m',
  NUL: 'a\0b',
  'a line': 'a\n::error::planted',
  'a workflow command': '::set-output name=x::y%0A::error::planted',
  Markdown: '| [x](javascript:alert(1)) ![](http://example.invalid/x.png) @all `x` |',
  'a quote': "\"><b onmouseover='x'>",
  'a shell': "'; touch planted; '$(touch planted)`touch planted`",
  'a change of direction': 'abc\u202egnp.exe',
  'half a pair': 'a\ud800',
  'a megabyte': 'm'.repeat(1_048_576),
};

/** A run in which everything that a test names itself is called so. */
export function hostileLedger(name: string) {
  const failure = {
    ...failureOfClass('mechanism', name),
    evidence: name,
    remedy: name,
    detail: `${name}\n    at ${name}`,
  };
  const file = `packages/a/src/${name}.test.ts`;
  return ledgerWith(
    [
      { name, file, project: name, markers: [name], backend: name, status: 'failed', failure, startMs: 1 },
      { name, file, status: 'gated', reason: name, missing: [name] },
      { name, status: 'unavailable', reason: name },
    ],
    {
      guard: {
        workers: 1,
        active: 1,
        blocked: [{ test: name, protocol: 'tcp', host: name, port: 1, stack: name }],
      },
      services: [{ backend: name, status: 'unavailable', reason: name, remedy: name }],
      env: [{ name, provenance: name }],
    },
  );
}
