import { expect, test } from 'vitest';
import { findProject } from './project.js';
import { planted } from './tree.fixture.js';

const marker = (name: string) => ({ name, description: name });

test('a member has the markers, levels and triage rules of the root, and no other key', () => {
  const levels = [{ name: 'nightly', grants: ['slow'] }];
  const folder = planted({
    'package.json': {
      workspaces: ['a'],
      drydock: { backend: 'redis', markers: [marker('gpu')], levels, triage: [{ id: 'x' }] },
    },
    'a/package.json': { name: 'a', drydock: { provider: 'groq' } },
  });
  expect(findProject(`${folder}/a`).field).toEqual({
    provider: 'groq',
    markers: [marker('gpu')],
    levels,
    triage: [{ id: 'x' }],
  });
});

test("a member's key replaces that of the root", () => {
  const folder = planted({
    'package.json': { workspaces: ['a'], drydock: { markers: [marker('gpu')], triage: [{ id: 'x' }] } },
    'a/package.json': { name: 'a', drydock: { markers: [marker('browser')] } },
  });
  expect(findProject(`${folder}/a`).field).toEqual({ markers: [marker('browser')], triage: [{ id: 'x' }] });
});

test('a folder inside a package stands for the package, one outside of any for itself', () => {
  const folder = planted({ 'app/package.json': { name: 'app' }, 'app/src/index.ts': '', 'loose/x.ts': '' });
  expect(findProject(`${folder}/app/src`)).toMatchObject({ name: 'app', root: `${folder}/app` });
  expect(findProject(`${folder}/loose`)).toMatchObject({ name: 'loose', workspaceRoot: `${folder}/loose` });
});
