import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { defaultDeadlines, outdated } from './default-deadlines.js';

const HOME = 'packages/storage/contract/src/calls/default-deadlines.ts';
const ROW = '| `timeoutMs`        | 5 000 | deadline of a call |';
const PROSE = '`connectTimeoutMs` (5 000), and `timeoutMs` (default 5 000).';
const TSDOC =
  '  /** Deadline of a call; default 5 000. */\n  readonly timeoutMs?: number;\n  /** Of a command: `timeoutMs` (default 60 000). */\n';

const tree = (timeoutMs = '5_000', code = '') => ({
  [HOME]: `export const DEFAULT_DEADLINES = { timeoutMs: ${timeoutMs}, connectTimeoutMs: 5_000 } as const;\n`,
  'packages/storage/redis/README.md': `${ROW}\n${PROSE}\n`,
  'packages/storage/redis/src/config.ts': `${TSDOC}${code}`,
  'packages/storage/redis/src/config.test.ts': 'const timeoutMs = 7;\n',
});

it('is content where README and TSDoc say what the home says', async () => {
  expect(await defaultDeadlines.run(planted(tree()))).toEqual([]);
});

it('finds every text that a change of the home leaves outdated, and knows what it should be', async () => {
  const workspace = planted(tree('10_000'));
  expect((await defaultDeadlines.run(workspace)).map(({ where }) => where)).toEqual([
    'packages/storage/redis/README.md',
    'packages/storage/redis/src/config.ts',
  ]);
  expect(Object.values(outdated(workspace))).toEqual([
    `${ROW.replace('5 000', '10 000')}\n${PROSE.replace('default 5 000', 'default 10 000')}\n`,
    TSDOC.replace('5 000', '10 000'),
  ]);
});

it.each(['const { timeoutMs = 5_000 } = config;', 'config.connectTimeoutMs ?? 5_000;'])(
  'finds code that has a default of its own: %s',
  async (code) => {
    expect(await defaultDeadlines.run(planted(tree('5_000', code)))).toEqual([
      { where: 'packages/storage/redis/src/config.ts', what: expect.stringContaining('of its own') },
    ]);
  },
);
