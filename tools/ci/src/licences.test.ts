import { expect, it } from 'vitest';
import { licenceFaults } from './licences.js';

const component = (name: string, license: string) => ({
  name,
  version: '1.0.0',
  licenses: license.includes(' ') ? [{ expression: license }] : [{ license: { id: license } }],
});

it('lets permissive licences pass, also as one of a choice', () => {
  const components = [component('a', 'MIT'), component('b', '(AFL-2.1 OR BSD-3-Clause)')];
  expect(licenceFaults({ components })).toEqual([]);
});

it('names components with another licence, with none, and with one that is asked for besides', () => {
  const components = [
    component('copyleft', 'GPL-3.0-only'),
    component('both', 'MIT AND GPL-2.0-only'),
    { name: 'silent', version: '2.0.0' },
  ];
  expect(licenceFaults({ components })).toEqual([
    'copyleft@1.0.0: GPL-3.0-only',
    'both@1.0.0: MIT AND GPL-2.0-only',
    'silent@2.0.0: no licence',
  ]);
});
