import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check, Violation } from '../check.js';
import { commandLines } from './markdown.js';

const MOST_MS = 20_000;

const TEXT = /\.(?:md|[cm]?[jt]s|ya?ml|json)$|^\.ci\//;
// On npm, `drydock` is somebody else's package, which npx would install and run.
const FOREIGN = /\bnpx (?!--no-install )(?:-\S+ )*drydock\b/;

/** Every `drydock` command that the documentation shows exists, and so do its flags; none installs another's package. */
export const drydockCommands: Check = {
  name: 'drydock-commands',
  run: ({ files, read }) => {
    const known = knownFlags();
    const shown = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        commandLines(read(file)).flatMap(({ text, number }) => unknown(text, `${file}:${number}`, known)),
      );
    return [
      ...shown,
      ...files.filter((file) => TEXT.test(file)).flatMap((file) => foreign(file, read(file))),
    ];
  },
};

function foreign(file: string, text: string): Violation[] {
  return text.split('\n').flatMap((line, index) => {
    const [command] = FOREIGN.exec(line) ?? [];
    const what = `says \`${command}\`, which runs another's package; say \`npx --no-install drydock\``;
    return command === undefined ? [] : [{ where: `${file}:${index + 1}`, what }];
  });
}

type Known = ReadonlyMap<string, ReadonlySet<string>>;

function unknown(text: string, where: string, known: Known): Violation[] {
  const [, command = '', rest = ''] = /(?:^|\s)drydock\s+([a-z]+)\b([^#|]*)/.exec(text) ?? [];
  if (command === '') return [];
  const flags = known.get(command);
  if (flags === undefined) return [{ where, what: `shows \`drydock ${command}\`, which does not exist` }];
  const own = rest.split(/\s--\s/)[0] ?? '';
  return (
    [...own.matchAll(/(?<=\s|\[)--?[a-zA-Z][\w-]*/g)]
      // What is written in capitals stands for a name.
      .filter(([flag]) => !flags.has(flag) && !/-[A-Z]+$/.test(flag))
      .map(([flag]) => ({ where, what: `shows \`drydock ${command} ${flag}\`, which does not exist` }))
  );
}

/** The commands with their flags, as the program itself lists them. */
function knownFlags(): Known {
  const commands = [...help().matchAll(/^ {2}([a-z]+)\b/gm)].map((match) => match[1] as string);
  return new Map(
    commands
      .filter((command) => command !== 'help')
      .map((command) => [command, new Set(help(command).match(/(?<=^\s+|, )--?[a-zA-Z][\w-]*/gm))]),
  );
}

function help(...command: string[]): string {
  const program = join(fileURLToPath(import.meta.resolve('@drydock/test-gating')), '../../bin/drydock.js');
  return execFileSync(process.execPath, [program, ...command, '--help'], {
    encoding: 'utf8',
    timeout: MOST_MS,
  });
}
