import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { documentedCommands } from './documented-commands.js';

it('finds scripts and targets that do not exist, in fences and in running text', async () => {
  const readme = [
    '```sh',
    'npm cit',
    'npm test && npm run -s test && npm run -s gone   # comment',
    'nx affected -t tset',
    '```',
    'Use `npm run test`, `nx run-many -t test`, or `npx nx run-many --targets=nope`; npm run prose is no command.',
    '```ts',
    "exec('npm run ignored')",
    '```',
  ].join('\n');
  const found = await documentedCommands.run(
    planted({ 'package.json': { name: 'root', scripts: { test: 'x' } }, 'README.md': readme }),
  );
  expect(
    found.map(({ where, what }) => `${where} ${/'([\w-]+)'|run (?:-s )?(\w+)/.exec(what)?.[0]}`),
  ).toEqual(['README.md:3 run gone', "README.md:4 'tset'", "README.md:6 'nope'"]);
});
