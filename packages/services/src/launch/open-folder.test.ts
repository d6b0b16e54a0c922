import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closedAbove, defaultTempDir } from './open-folder.js';
import * as systemUser from './system-user.js';

vi.mock('./system-user.js');

describe.skipIf(process.platform === 'win32')('on a system with file modes', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'open-test-'));
    mkdirSync(join(folder, 'inner'), { mode: 0o755 });
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the folder that keeps others out is found', async () => {
    await expect(closedAbove(join(folder, 'inner'))).resolves.toBe(folder);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'inner'), 0o700);
    await expect(closedAbove(join(folder, 'inner'))).resolves.toBe(join(folder, 'inner'));
  });

  test('root passes over a temporary folder that others cannot enter', async () => {
    vi.stubEnv('TMPDIR', folder);
    vi.mocked(systemUser.isRoot).mockReturnValue(true);
    await expect(defaultTempDir()).resolves.not.toBe(folder);
    vi.mocked(systemUser.isRoot).mockReturnValue(false);
    await expect(defaultTempDir()).resolves.toBe(folder);
  });
});
