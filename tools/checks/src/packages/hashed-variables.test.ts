import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { hashedVariables } from './hashed-variables.js';

it('finds a variable that no hash knows', async () => {
  const found = await hashedVariables.run(
    planted({
      'packages/a/package.json': { name: 'a' },
      'packages/a/src/a.ts':
        "env.DRYDOCK_RUN; env['DRYDOCK_LEVEL']; process.env.DRYDOCK_NOVEL; 'DRYDOCK_GUARD_' + name;",
      'packages/a/src/a.test.ts': 'env.DRYDOCK_ONLY_IN_A_TEST',
    }),
  );
  expect(found.map(({ what }) => what.split(' ')[0])).toEqual(['DRYDOCK_NOVEL']);
});
