import { UsageError } from '@drydock/workspace';

/**
 * The pattern over full names that somebody asked for, by a flag or a variable.
 *
 * @throws UsageError that says how to write signs that stand for themselves.
 */
export function namePattern(text: string, askedBy: '-t' | 'DRYDOCK_NAME'): RegExp {
  try {
    return new RegExp(text);
  } catch {
    const [asked, example] =
      askedBy === '-t' ? [`-t ${text}`, '-t "a \\(b\\)"'] : [`${askedBy}=${text}`, `${askedBy}="a \\(b\\)"`];
    throw new UsageError(
      `${asked} is not a pattern. Write \\ before signs that stand for themselves, as in ${example}.`,
    );
  }
}
