import { runConformance } from '@drydock/storage/conformance';
import { options } from './conformance-options.js';

const { results } = await runConformance(options);
process.exitCode = results.some(({ outcome }) => outcome === 'fails') ? 1 : 0;
