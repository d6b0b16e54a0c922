import { openStandardStreams } from './streams/standard-streams.cjs';

// For `--require`, and for programs that print before they start anything.
openStandardStreams();
// A program that has taken the streams already, as Vitest has when it loads a plugin, goes on with those.
void [process.stdout, process.stderr];
