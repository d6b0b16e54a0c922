/** Commands of the first shell example in a README: those that a newcomer types first. */
export function firstCommands(readme: string): string[] {
  const example = /```(?:sh|bash|shell)\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return example
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !/^(?:#|git clone|cd )/.test(line));
}

/** Which of the README's first commands were not run; one that ran with further arguments counts. */
export function notRun(readme: string, ran: readonly string[]): string[] {
  return firstCommands(readme).filter(
    (shown) => !ran.some((command) => command === shown || command.startsWith(`${shown} -- `)),
  );
}
