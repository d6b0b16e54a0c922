import { expect, it } from 'vitest';
import { fileLength } from './file-length.js';
import { planted } from './planted.fixture.js';

it('finds a long source file, and leaves tests and fixtures alone', async () => {
  const long = '\n'.repeat(251);
  const found = await fileLength.run(
    planted({
      'a/src/a.ts': long,
      'a/src/a.test.ts': long,
      'a/src/a.fixture.ts': long,
      'a/src/b.ts': '\n'.repeat(250),
    }),
  );
  expect(found).toEqual([{ where: 'a/src/a.ts', what: expect.stringContaining('251 lines') }]);
});
