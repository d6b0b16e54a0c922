import { createRegistry } from '@drydock/workspace';
import type { Check, Violation } from '../check.js';
import type { Workspace } from '../workspace.js';
import { commandLines, type MarkdownLine } from './markdown.js';

const NPM_COMMANDS = ['ci', 'install', 'i', 'install-ci-test', 'cit', 'pack', 'publish'];
const COMPILE_TARGETS = ['build', 'typecheck'];

/** Every command that the documentation shows exists: npm scripts and Nx targets. */
export const documentedCommands: Check = {
  name: 'documented-commands',
  run: (workspace) =>
    workspace.files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        commandLines(workspace.read(file)).flatMap((line) => unknownCommands(line, file, workspace)),
      ),
};

function unknownCommands(
  { text, number }: MarkdownLine,
  file: string,
  { rootManifest }: Workspace,
): Violation[] {
  const scripts = Object.keys(rootManifest.scripts ?? {});
  const targets = [...createRegistry().levels.map(({ name }) => name), ...COMPILE_TARGETS];
  const where = `${file}:${number}`;
  const npm = [...text.matchAll(/(?:^|[\s;&$])npm\s+(?:run\s+)?(?:-s\s+)?([a-z][\w:-]*)/g)].map(
    (match) => match[1] as string,
  );
  const nx = [
    ...text.matchAll(/\bnx\s+(?:run-many|affected)\s+(?:-t|--target|--targets)[\s=]+([\w-]+)/g),
  ].map((match) => match[1] as string);
  return [
    ...npm
      .filter((name) => !scripts.includes(name) && !NPM_COMMANDS.includes(name))
      .map((name) => ({ where, what: `shows \`npm run ${name}\`, but package.json has no such script` })),
    ...nx
      .filter((name) => !targets.includes(name))
      .map((name) => ({ where, what: `shows the Nx target '${name}', which nothing infers` })),
  ];
}
