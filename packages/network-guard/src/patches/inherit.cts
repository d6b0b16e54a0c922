import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SELF } from '../attempt/report-file.cjs';
import type { Core } from '../core.cjs';
import { systemTempDirs } from '../policy/policy.cjs';
import type { GuardOptions, TestContext } from '../types.cjs';

const { stringify } = JSON;

/** The variable, and the key in a worker's environment data, that passes the guard's state to descendants. */
export const INHERIT = 'DRYDOCK_GUARD_INHERIT';

/** The file that `--require` loads. */
export const REGISTER = path.join(path.dirname(__dirname), 'register.cjs');

/** The module that loads the guard into the thread of Node's loader hooks. */
export const HOOKS_URL = pathToFileURL(path.join(path.dirname(__dirname), 'hooks-thread.cjs')).href;

/** The guard's state that a child process or thread starts with. */
export interface Inheritance {
  options: Omit<GuardOptions, 'describe'>;
  lineage: readonly string[];
  began: number;
  /** The folder for temporary files of the first process. */
  systemTemp?: readonly string[] | undefined;
  test: Omit<TestContext, 'policy'> | undefined;
  /** The descriptor that leads to the parent, for attempts that the report file cannot take. */
  upward?: number | undefined;
}

/** The state for a descendant that starts now, as text. */
export function inheritance(core: Core, upward?: number): string {
  const { describe: _, ...options } = core.options;
  const { test, file, policy } = core.context;
  const inherited: Inheritance = {
    options: {
      ...options,
      ...policy.source,
      reportFile: core.report.handDown(),
      summary: Boolean(options.summary),
    },
    lineage: [...core.lineage, SELF],
    began: core.began,
    systemTemp: systemTempDirs(),
    test: test ? { id: test.id, name: test.name, file } : undefined,
  };
  return stringify({ ...inherited, file, upward });
}
