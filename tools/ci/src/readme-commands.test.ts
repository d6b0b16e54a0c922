import { expect, it } from 'vitest';
import { notRun } from './readme-commands.js';

const README = [
  '# Name',
  '```ts',
  'npm.not();',
  '```',
  '```sh',
  'git clone URL name',
  'cd name',
  'npm cit              # offline',
  '',
  'npm run integration  # on real servers',
  '```',
  '```sh',
  'npm run later',
  '```',
].join('\n');

it('accepts the commands as shown, and with further arguments', () => {
  expect(notRun(README, ['npm cit', 'npm run integration -- --require redis'])).toEqual([]);
});

it('names what was not run, also when only something alike was', () => {
  expect(notRun(README, ['npm ci', 'npm run integration:all', 'npm cit --quiet'])).toEqual([
    'npm cit',
    'npm run integration',
  ]);
});
