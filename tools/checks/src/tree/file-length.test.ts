import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { fileLength } from './file-length.js';

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

it('holds every file of the adapters to 200 lines, tests and fixtures included', async () => {
  const short = '\n'.repeat(200);
  const long = '\n'.repeat(201);
  const found = await fileLength.run(
    planted({
      'packages/storage/x/src/a.ts': short,
      'packages/storage/x/src/b.ts': long,
      'packages/storage/x/src/a.test.ts': short,
      'packages/storage/x/src/b.test.ts': long,
      'packages/storage/x/src/b.fixture.ts': long,
    }),
  );
  expect(found).toEqual(
    ['b.fixture.ts', 'b.test.ts', 'b.ts'].map((name) => ({
      where: `packages/storage/x/src/${name}`,
      what: expect.stringContaining('201 lines'),
    })),
  );
});
