import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import type { Check } from '../check.js';

/** Imports follow the arrows between the rooms of the workspace, as `.dependency-cruiser.cjs` draws them. */
export const imports: Check = {
  name: 'imports',
  run: async ({ root, files }) => {
    const { options, forbidden } = createRequire(import.meta.url)(
      join(root, '.dependency-cruiser.cjs'),
    ) as IConfiguration;
    const sources = files.filter((file) => /\/src\/.*\.[cm]?tsx?$/.test(file));
    const { output } = await cruise(sources, {
      ...options,
      baseDir: root,
      validate: true,
      ruleSet: { ...(forbidden ? { forbidden } : {}) },
    });
    return (output as ICruiseResult).summary.violations.map(({ from, to, rule, cycle }) => ({
      where: from,
      what: `${rule.name}: imports ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}`,
    }));
  },
};
