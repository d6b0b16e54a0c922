import { createVitest, parseCLI } from 'vitest/node';
import { isGated } from '../../vitest/gate-project.js';

/**
 * Program that sets Vitest up as `vitest run` with the same arguments would, runs no test, and sends its parent the
 * names of the projects without the gate. It does not catch a broken configuration: the run reports that itself.
 */
const { options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)], { allowUnknownOptions: true });
const vitest = await createVitest('test', { ...options, run: true, watch: false, reporters: [] });
const ungated = vitest.projects.filter((project) => !isGated(project)).map(({ name }) => name || '(root)');
process.send?.(ungated, undefined, undefined, () => process.exit(0));
