import { createVitest, parseCLI } from 'vitest/node';
import { isGated } from '../../vitest/gate-project.js';

/**
 * Sets Vitest up in this process, as `vitest run` with the arguments given would, runs nothing, and sends the names of
 * the projects that nothing gates to the parent. A configuration that cannot be read is the run's to complain of.
 */
const { options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)], { allowUnknownOptions: true });
const vitest = await createVitest('test', { ...options, run: true, watch: false, reporters: [] });
const ungated = vitest.projects.filter((project) => !isGated(project)).map(({ name }) => name || '(root)');
process.send?.(ungated, undefined, undefined, () => process.exit(0));
