import type { Check, Texts } from '../check.js';
import type { Workspace } from '../workspace.js';

const HOME = 'packages/storage/contract/src/calls/default-deadlines.ts';

/** A default deadline has one home: code takes it from there, and TSDoc and READMEs say what a command wrote. */
export const defaultDeadlines: Check = {
  name: 'default-deadlines',
  generate: outdated,
  run: (workspace) => [
    ...Object.keys(outdated(workspace)).map((where) => ({
      where,
      what: `says other default deadlines than ${HOME}; run \`npm run generate\``,
    })),
    ...storageFiles(workspace)
      .filter(
        (file) =>
          file !== HOME && /\b(?:timeoutMs|connectTimeoutMs) (?:=|\?\?) \d/.test(workspace.read(file)),
      )
      .map((where) => ({ where, what: `has a default deadline of its own; take it from ${HOME}` })),
  ],
};

/** The files that say other defaults than the home, with the text that they should have. */
export function outdated(workspace: Workspace): Texts {
  const home = workspace.read(HOME);
  const deadlines = [...home.matchAll(/(\w+Ms): ([\d_]+)/g)].map(
    ([, option = '', value = '']) => [option, value.replaceAll('_', ' ')] as const,
  );
  const texts = storageFiles(workspace).map((where) => {
    const text = workspace.read(where);
    const expected = deadlines.reduce(
      (result, [option, value]) => withDefault(where, result, option, value),
      text,
    );
    return [where, expected, expected === text] as const;
  });
  return Object.fromEntries(texts.filter(([, , isTrue]) => !isTrue).map(([where, text]) => [where, text]));
}

/** A README says it in the row of a table and in brackets behind the option's name, TSDoc at its end. */
function withDefault(where: string, text: string, option: string, value: string): string {
  if (where.endsWith('.ts')) {
    const said = new RegExp(`(?<=; default )\\d[\\d ]*(?=\\. \\*/\\n +readonly ${option}\\?:)`, 'g');
    return text.replace(said, value);
  }
  const row = new RegExp(`(?<=^\\| \`${option}\` +\\| )[\\d ]*\\d *(?= \\|)`, 'gm');
  const brackets = new RegExp(`(?<=\`${option}\` \\((?:default )?)\\d[\\d ]*(?=\\))`, 'g');
  return text.replace(row, (cell) => value.padEnd(cell.length)).replace(brackets, value);
}

function storageFiles({ files }: Workspace): string[] {
  return files.filter((file) =>
    /^packages\/storage\/[^/]+\/(?:README\.md|src\/.*(?<!\.test|\.fixture)\.ts)$/.test(file),
  );
}
