import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { arrows, arrowsText, PAGE, withArrows } from './arrows.js';

const FOLDER = 'packages/test-gating';
const page = (text: string) =>
  `# House\n\`\`\`console\n$ npm run -s arrows ${FOLDER}\n${text}\n\`\`\`\nend\n`;
const house = (files: Record<string, string>) =>
  planted({
    [`${FOLDER}/package.json`]: { name: 'a' },
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${FOLDER}/src/${file}`, text])),
    [PAGE]: page('old'),
  });
const DOWN = {
  'index.ts': "export * from './cli/run/run.js';",
  'cli/run/run.ts': "import type { A } from '../../gate/a.js'; import './own.js'; import { x } from 'x';",
  'cli/run/own.ts': "const later = await import('../../gate/deep/b.js');",
  'gate/a.ts': '',
  'gate/deep/b.ts': "import '../a.js';",
  'gate/a.test.ts': "import '../cli/run/run.js';",
};

it('shows the folders of a package by floors; tests do not count', () => {
  expect(arrowsText(house(DOWN), FOLDER)).toBe(
    [
      ' package               folders  arrows  floors  in a circle',
      ' packages/test-gating  3        2       3       0',
      '',
      ' floor  folder  imports',
      ' 3      .       cli',
      ' 2      cli     gate',
      ' 1      gate',
    ].join('\n'),
  );
});

it('marks the arrows of a circle, and finds a large package that has one', async () => {
  const workspace = house({ ...DOWN, 'gate/up.ts': "import '../cli/run/own.js';" });
  expect(arrowsText(workspace, FOLDER)).toContain(' 1      gate    cli (circle)');
  expect((await arrows.run(workspace))[0]?.what).toContain(
    '3 arrows between its folders, at most 41; 2 in a circle',
  );
});

it('finds a large package with too many arrows', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `f${index}`);
  const files = names.map((name, index) => [
    `${name}/a.ts`,
    names
      .slice(index + 1)
      .map((other) => `import '../${other}/a.js';`)
      .join('\n'),
  ]);
  expect((await arrows.run(house(Object.fromEntries(files))))[0]?.what).toContain('45 arrows');
});

it('finds a page that shows other arrows than the tree, and writes it', async () => {
  const workspace = house(DOWN);
  expect(await arrows.run(workspace)).toMatchObject([{ where: PAGE }]);
  expect(withArrows(workspace)).toBe(page(arrowsText(workspace, FOLDER)));
});
