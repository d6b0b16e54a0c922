import type { CorpusProject } from '../corpus-project.fixture.js';
import { assertions } from './assertions.fixture.js';
import { configuration } from './configuration.fixture.js';
import { coverage } from './coverage.fixture.js';
import { hooks } from './hooks.fixture.js';
import { network } from './network.fixture.js';
import { nothingRan } from './nothing-ran.fixture.js';
import { otherCommands } from './other-commands.fixture.js';
import { reporters } from './reporters.fixture.js';
import { unhandledErrors } from './unhandled-errors.fixture.js';
import { workers } from './workers.fixture.js';

/** Every project of the corpus, by theme. */
export const PROJECTS: readonly CorpusProject[] = [
  ...unhandledErrors,
  ...nothingRan,
  ...hooks,
  ...assertions,
  ...workers,
  ...configuration,
  ...reporters,
  ...network,
  ...coverage,
  ...otherCommands,
];
