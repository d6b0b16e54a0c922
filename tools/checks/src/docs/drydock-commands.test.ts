import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { drydockCommands } from './drydock-commands.js';

it('finds commands and flags that do not exist', async () => {
  const readme = [
    '```sh',
    'npx --no-install drydock run packages/a --run-integration -m "not slow" -- --bail 1',
    'drydock explane',
    'drydock explain --levle slow   # --nonsense in a comment',
    '```',
    'drydock prose is no command; `drydock run --run-intergation` is.',
    '```ts',
    'export default drydock();',
    '```',
    'drydock prose after another language is no command either; `drydock explain --run-MARKER` is right.',
  ].join('\n');
  const found = await drydockCommands.run(planted({ 'README.md': readme }));
  expect(found.map(({ where, what }) => `${where} ${/`(.*)`/.exec(what)?.[1]}`)).toEqual([
    'README.md:3 drydock explane',
    'README.md:4 drydock explain --levle',
    'README.md:6 drydock run --run-intergation',
  ]);
});

it('finds a command that would install and run another package of that name', async () => {
  const text = (flag: string) => `'npx ${flag}drydock doctor'`;
  const found = await drydockCommands.run(
    planted({
      'README.md': `x\n${text('')}`,
      'packages/a/src/hint.ts': `export const HINT = ${text('--yes ')};`,
      'packages/a/src/good.ts': `export const HINT = ${text('--no-install ')};`,
      '.ci/run': `step 5 ${text('')}`,
    }),
  );
  expect(found.map(({ where }) => where)).toEqual(['.ci/run:1', 'README.md:2', 'packages/a/src/hint.ts:1']);
});
