import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../../testing/project.fixture.js';

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

/** A run with failures looks at the sandbox around it: it dials addresses that nobody has. */
const LOOKS_AROUND = {
  timeout: 60_000,
  meta: { network: { allow: ['127.0.0.1', '192.0.2.1', '2001:db8::1'], loopbackServers: true } } as object,
};

test('the demo shows a defect, two refusals and a gated test, and ends well', LOOKS_AROUND, async () => {
  project = createFixtureProject({});
  const { exitCode, stdout, stderr } = await project.drydock(['demo']);
  const folder = /^ (?<folder>\S+drydock-demo-\S+)$/m.exec(stdout)?.groups?.folder ?? '';
  expect(folder, stdout + stderr).not.toBe('');
  rmSync(folder, { recursive: true });
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout).toContain(' 1 passed   1 gated   3 failed');
  for (const kind of ['defect / assertion', 'harness / missing-marker', 'harness / swallowed-block'])
    expect(stdout).toContain(`✖ ${kind}`);
  expect(stdout).toContain('src/price.test.js:9 › three of a thing');
  expect(stdout).toContain('run --failed');
});
