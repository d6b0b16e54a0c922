/** One run as Vitest 4.1 told it in JSON, cut to what is read. */
export const VITEST_JSON = JSON.stringify({
  numTotalTests: 9,
  success: false,
  testResults: [
    {
      name: '/repo/src/a.test.ts',
      status: 'failed',
      message: '',
      endTime: 1_795_422_096_818,
      assertionResults: [
        test('refused', 'failed', [
          'Error: connect ECONNREFUSED 127.0.0.1:1\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
        ]),
        test('fetch', 'failed', [
          'TypeError: fetch failed\n    at node:internal/deps/undici/undici:14976:13',
        ]),
        test('timeout', 'failed', [
          'Error: STACK_TRACE_ERROR\n    at task (file:///repo/node_modules/x.js:1784:27)',
        ]),
        test('thrown object', 'failed', [null]),
        test('retried', 'passed', ['Error: connect ECONNREFUSED 127.0.0.1:1']),
        test('expected', 'passed', []),
        test('inner', 'skipped', [], ['hook']),
      ],
    },
    {
      name: '/repo/src/c.test.ts',
      status: 'passed',
      message: '',
      endTime: 1_795_422_096_900,
      assertionResults: [test('killed', 'pending', [])],
    },
    {
      name: '/repo/src/d.test.ts',
      status: 'failed',
      message: "Cannot find module './gone.js' imported from /repo/src/d.test.ts",
      endTime: 1_795_422_096_818,
      assertionResults: [],
    },
    {
      name: '/repo/src/e.test.ts',
      status: 'failed',
      message: '',
      endTime: 1_795_422_096_818,
      assertionResults: [test('passed before', 'passed', [])],
    },
  ],
});

/** The same run as Vitest told it in JUnit. */
export const VITEST_JUNIT = `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="12" failures="7" errors="0" time="0.1">
    <testsuite name="src/a.test.ts" timestamp="2026-11-23T08:21:37.551Z" hostname="vm" tests="8" failures="6" errors="0" skipped="1" time="0.09">
        <testcase classname="src/a.test.ts" name="refused" time="0.0033">
            <failure message="connect ECONNREFUSED 127.0.0.1:1" type="Error">
Error: connect ECONNREFUSED 127.0.0.1:1
⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
Serialized Error: { errno: -111, code: &apos;ECONNREFUSED&apos;, syscall: &apos;connect&apos;, address: &apos;127.0.0.1&apos;, port: 1 }
            </failure>
        </testcase>
        <testcase classname="src/a.test.ts" name="fetch" time="0.0194">
            <failure message="fetch failed" type="TypeError">
TypeError: fetch failed
 ❯ src/a.test.ts:4:29

Caused by: Error: getaddrinfo ENOTFOUND db1
 ❯ src/a.test.ts:4:35

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
Serialized Error: { code: &apos;ENOTFOUND&apos;, nested: { code: &apos;EPERM&apos; }, hostname: &apos;db1&apos; }
            </failure>
        </testcase>
        <testcase classname="src/a.test.ts" name="timeout" time="0.05">
            <failure message="Test timed out in 50ms.&#10;If this is a long-running test, pass a timeout value." type="Error">
Error: Test timed out in 50ms.
If this is a long-running test, pass a timeout value.
 ❯ src/a.test.ts:7:1
            </failure>
        </testcase>
        <testcase classname="src/a.test.ts" name="thrown object" time="0.0001">
            <failure>
{ a: 1, code: &apos;ECONNRESET&apos;, stacks: [] }
⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
Serialized Error: { a: 1, code: &apos;ECONNRESET&apos; }
            </failure>
        </testcase>
        <testcase classname="src/a.test.ts" name="retried" time="0.0004">
        </testcase>
        <testcase classname="src/a.test.ts" name="expected" time="0.0003">
        </testcase>
        <testcase classname="src/a.test.ts" name="hook &gt; inner" time="0">
            <skipped/>
        </testcase>
        <testcase classname="src/a.test.ts" name="hook" time="0.0008">
            <failure message="hook fail" type="Error">
Error: hook fail
 ❯ src/a.test.ts:15:64

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
Serialized Error: { code: &apos;WRONGPASS&apos;, kind: &apos;connection&apos;, backend: &apos;redis&apos; }
            </failure>
        </testcase>
    </testsuite>
    <testsuite name="src/c.test.ts" timestamp="2026-11-23T08:21:37.571Z" hostname="vm" tests="1" failures="0" errors="0" skipped="0" time="0">
        <testcase classname="src/c.test.ts" name="killed" time="0">
        </testcase>
    </testsuite>
    <testsuite name="src/d.test.ts" timestamp="2026-11-23T08:21:37.571Z" hostname="vm" tests="1" failures="1" errors="0" skipped="0" time="0">
        <testcase classname="src/d.test.ts" name="src/d.test.ts" time="0">
            <failure message="Cannot find module &apos;./gone.js&apos; imported from /repo/src/d.test.ts" type="Error">
Error: Cannot find module &apos;./gone.js&apos; imported from /repo/src/d.test.ts
 ❯ src/d.test.ts:1:1

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
Serialized Error: { code: &apos;ERR_MODULE_NOT_FOUND&apos; }
            </failure>
        </testcase>
    </testsuite>
    <testsuite name="src/e.test.ts" timestamp="2026-11-23T08:21:37.571Z" hostname="vm" tests="2" failures="1" errors="0" skipped="0" time="0.1">
        <testcase classname="src/e.test.ts" name="passed before" time="0.01">
        </testcase>
        <testcase classname="src/e.test.ts" name="suite" time="0.01">
            <failure message="after fail" type="Error">
Error: after fail
 ❯ src/e.test.ts:16:50
            </failure>
        </testcase>
    </testsuite>
</testsuites>
`;

function test(
  title: string,
  status: string,
  failureMessages: (string | null)[],
  ancestorTitles: string[] = [],
) {
  return { ancestorTitles, fullName: [...ancestorTitles, title].join(' '), status, title, failureMessages };
}
