import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { drydockCommands } from './drydock-commands.js';

it('finds commands and flags that do not exist', async () => {
  const readme = [
    '```sh',
    'npx drydock run packages/a --run-integration -m "not slow" -- --bail 1',
    'drydock explane',
    'drydock explain --levle slow   # --nonsense in a comment',
    '```',
    'drydock prose is no command; `drydock run --run-intergation` is.',
  ].join('\n');
  const found = await drydockCommands.run(planted({ 'README.md': readme }));
  expect(found.map(({ where, what }) => `${where} ${/`(.*)`/.exec(what)?.[1]}`)).toEqual([
    'README.md:3 drydock explane',
    'README.md:4 drydock explain --levle',
    'README.md:6 drydock run --run-intergation',
  ]);
});
