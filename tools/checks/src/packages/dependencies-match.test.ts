import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { dependenciesMatch } from './dependencies-match.js';

const manifest = {
  name: '@acme/a',
  dependencies: { used: '1.0.0', '@acme/b': '*', forgotten: '1.0.0', 'by-name': '1.0.0' },
  devDependencies: { helper: '1.0.0', '@types/used': '1.0.0' },
};

it('finds an import that is not declared and a declaration that is not used', async () => {
  const found = await dependenciesMatch.run(
    planted({
      'package.json': { name: 'root', devDependencies: { vitest: '1.0.0' } },
      'packages/a/package.json': manifest,
      'packages/a/src/a.ts':
        "import 'used/deep'; export * from '@acme/b/x'; import 'node:fs'; import 'path'; const p = 'by-name'; import('missing');",
      'packages/a/src/b.ts': "import 'helper';",
      'packages/a/src/a.test.ts':
        "import 'helper'; import 'vitest'; import '@acme/a'; import type { X } from 'absent';",
    }),
  );
  expect(found.map(({ where, what }) => `${where}: ${what.split(',')[0]}`)).toEqual([
    "packages/a/src/a.test.ts: imports 'absent'",
    "packages/a/src/a.ts: imports 'missing'",
    "packages/a/src/b.ts: imports 'helper'",
    "packages/a/package.json: declares 'forgotten'",
  ]);
});
