/**
 * A worker does not know the values that the run hides from its tests, and must ask whether a text holds one. Vitest's
 * channel has no call for that; this one takes a text, and the answer is a text.
 */
const QUESTION = 'drydock:secrets-in:';
const ANSWER = 'drydock:secrets:';

interface SnapshotPaths {
  resolvePath(testPath: string, ...rest: unknown[]): string;
}

/** Answers the workers' question with the names of the known values that a text holds. */
export function answerSnapshots(paths: SnapshotPaths, knownIn: (text: string) => readonly string[]): void {
  const resolvePath = paths.resolvePath.bind(paths);
  paths.resolvePath = (path, ...rest) =>
    path.startsWith(QUESTION)
      ? ANSWER + knownIn(path.slice(QUESTION.length)).join(', ')
      : resolvePath(path, ...rest);
}

/** How a worker asks. */
export interface SnapshotChannel {
  resolveSnapshotPath?(testPath: string): Promise<string> | string;
}

/** Vitest's writer of snapshots. */
export interface SnapshotFiles {
  saveSnapshotFile(path: string, text: string): Promise<void>;
  readSnapshotFile(path: string): Promise<string | null>;
}

/** Refuses to store a snapshot with a known secret: the file would be committed. */
export function coverSnapshots(files: SnapshotFiles, channel: SnapshotChannel): void {
  const save = files.saveSnapshotFile.bind(files);
  const ask = async (text: string) => {
    const answer = (await channel.resolveSnapshotPath?.(QUESTION + text)) ?? '';
    // A main process without the plugin takes the question for a path.
    return answer.startsWith(ANSWER) ? answer.slice(ANSWER.length) : '';
  };
  files.saveSnapshotFile = async (path, text) => {
    const names = await ask(text);
    // Of an inline snapshot the file is the whole test file, which may have held the value before.
    if (names !== '' && names !== (await ask((await files.readSnapshotFile(path)) ?? '')))
      throw new Error(refusalOf(path, names));
    return save(path, text);
  };
}

function refusalOf(path: string, names: string): string {
  return [
    `A snapshot would store the secret ${names} in ${path}, so it was not written.`,
    '  instead  give the snapshot a value of its own: expect.any(String) as a property matcher, or a serializer that masks it',
  ].join('\n');
}
