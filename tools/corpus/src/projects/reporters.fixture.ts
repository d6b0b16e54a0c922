import { type CorpusProject, single } from '../corpus-project.fixture.js';

const REPORTERS = [
  'default',
  'verbose',
  'dot',
  'json',
  'junit',
  'tap',
  'tap-flat',
  'agent',
  'github-actions',
  'hanging-process',
  'blob',
];
const MIXED = `test('passes', () => {}); test('fails', () => { throw new Error('reported-fault') }); test.skip('skipped', () => {})`;
const SILENT = ['blob', 'hanging-process'];

/** Every reporter of Vitest's own beside the plugin. */
export const reporters: readonly CorpusProject[] = [
  ...REPORTERS.map((reporter) =>
    single(`reporter-${reporter}`, `a failure told by the reporter ${reporter}`, MIXED, {
      args: [`--reporter=${reporter}`],
      ...(SILENT.includes(reporter) ? {} : { prints: ['reported-fault'] }),
    }),
  ),
  ...REPORTERS.filter((reporter) => ['default', 'dot', 'json', 'junit'].includes(reporter)).map((reporter) =>
    single(
      `unhandled-with-${reporter}`,
      `an unhandled error told by the reporter ${reporter}`,
      `test('rejects', async () => { Promise.reject(new Error('loose-fault')); await sleep(30) })`,
      {
        args: [`--reporter=${reporter}`],
        ...(reporter === 'json' || reporter === 'junit' ? {} : { prints: ['loose-fault'] }),
      },
    ),
  ),
  single('reporter-html', 'a failure told by the reporter html', MIXED, {
    args: ['--reporter=html'],
    needs: '@vitest/ui',
  }),
  single('html-beside-a-gated-file', 'a gated file under the reporter html', `test('passes', () => {})`, {
    args: ['--reporter=html'],
    needs: '@vitest/ui',
    files: { 'b.integration.test.js': `test('asks', () => {})` },
  }),
  single(
    'reporter-beside-a-gated-file',
    'a gated file under the reporter for machines',
    `test('passes', () => {})`,
    {
      args: ['--reporter=json'],
      files: { 'b.integration.test.js': `test('asks', () => {})` },
    },
  ),
];
