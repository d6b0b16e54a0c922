import { stripVTControlCharacters } from 'node:util';
import type { EndpointReport, Finding } from '@drydock/triage/preflight';
import { expect, test } from 'vitest';
import type { Diagnosis, EndpointDiagnosis } from './doctor-report.js';
import { formatDiagnosis } from './doctor-text.js';

const finding = (step: Finding['step'], part: Partial<Finding> = {}): Finding => ({
  name: 'redis',
  endpoint: 'db1:6379',
  step,
  ok: true,
  evidence: `${step} is well`,
  durationMs: 2,
  ...part,
});

const check = (name: string, findings: Finding[], part: Partial<EndpointReport> = {}): EndpointReport => ({
  name,
  kind: 'service',
  endpoint: 'db1:6379',
  ok: findings.every(({ ok }) => ok),
  findings,
  ...part,
});

const refusedBy = (name: string): EndpointDiagnosis => ({
  name,
  kind: 'service',
  packageName: name,
  state: 'failed',
  settings: [{ name: `${name.toUpperCase()}_URL`, provenance: '.env.local' }],
  check: check(name, [finding('dns'), finding('tcp', { ok: false, code: 'EPERM' })]),
  verdict: {
    class: 'environment',
    subclass: 'sandbox',
    confidence: 1,
    code: 'EPERM',
    evidence: 'the sandbox denies sockets',
    remedy: 'Ask for network access.',
    rule: 'x',
  },
});

function text(endpoints: readonly EndpointDiagnosis[], part: Partial<Diagnosis> = {}): string {
  return stripVTControlCharacters(
    formatDiagnosis({
      platform: 'linux x64',
      node: '20.19.0',
      startedAt: '',
      durationMs: 300,
      sandbox: { kind: 'none', evidence: 'none found', observations: {} as never },
      environment: [{ name: 'REDIS_URL', provenance: '.env.local' }],
      malformed: [],
      unset: ['QDRANT_URL'],
      endpoints,
      ...part,
    }),
  );
}

test('the table shows each step in its column: empty after a failure, a dash where there is nothing to check', () => {
  const well = check('redis', [finding('dns'), finding('tcp'), finding('login')], { version: '7.0.15' });
  const shown = text([
    { ...refusedBy('redis'), state: 'ok', check: well, verdict: undefined } as unknown as EndpointDiagnosis,
    refusedBy('postgres'),
    {
      name: 'qdrant',
      kind: 'service',
      packageName: 'q',
      state: 'not configured',
      settings: [],
      reason: 'QDRANT_URL not set',
    },
  ]);
  const [, surroundings, services] = shown.split('\n\n');
  expect(surroundings?.split('\n')).toEqual([
    ' sandbox      none found',
    ' environment  REDIS_URL  .env.local',
    ' not set      QDRANT_URL',
  ]);
  expect(services?.split('\n')).toEqual([
    ' services  dns  tcp     tls  login  version  endpoint',
    ' redis     ok   2 ms    -    ok     7.0.15   db1:6379',
    ' postgres  ok   failed                       db1:6379',
    ' qdrant    not configured: QDRANT_URL not set',
  ]);
});

test('the text names a shared cause once, with every endpoint that it affects', () => {
  const shown = text([refusedBy('redis'), refusedBy('postgres')]);
  expect(shown).toContain('2 endpoints fail, one cause');
  expect(shown.match(/the sandbox denies sockets/g)).toHaveLength(1);
  expect(shown).toContain('redis, postgres: the sandbox denies sockets');
});

test('a failure names its variables and their origin', () => {
  const verdict = { ...refusedBy('redis').verdict, subclass: 'login' } as NonNullable<
    EndpointDiagnosis['verdict']
  >;
  expect(text([{ ...refusedBy('redis'), verdict }])).toContain('settings             REDIS_URL (.env.local)');
});

test('a warning has a mark in its column and a line below the table', () => {
  const soon = finding('tls', { warning: true, evidence: '3 days left' });
  const shown = text([
    { ...refusedBy('redis'), state: 'ok', check: check('redis', [soon]), verdict: undefined } as never,
  ]);
  expect(shown).toMatch(/ redis +- +- +ok ! /);
  expect(shown).toContain(' !  redis tls  3 days left');
});

test('the text names the next command where nothing is configured', () => {
  expect(text([])).toContain('Nothing is configured, so nothing was checked. npx --no-install drydock run');
});

test('a malformed variable is shown with an example, and the rest beside it', () => {
  const malformed = [{ variable: 'REDIS_URL', problem: 'has no host', example: 'redis://localhost:6379' }];
  const redis = { name: 'redis', kind: 'service', packageName: 'r', settings: [] } as const;
  const shown = text(
    [
      { ...redis, state: 'malformed', reason: 'REDIS_URL has no host' },
      {
        ...redis,
        name: 'postgres',
        state: 'ok',
        check: check('postgres', [finding('dns'), finding('tcp')]),
      },
    ],
    { malformed },
  );
  expect(shown).toMatch(/malformed +REDIS_URL +has no host; for example: REDIS_URL=redis:\/\/localhost:6379/);
  expect(shown).toMatch(/redis +malformed: REDIS_URL has no host/);
  expect(shown).toContain(
    ' Malformed: REDIS_URL. Correct or unset it.\n The one configured endpoint answers.',
  );
});

test('a command of the text is one that works where it is typed, also without a script of that name', () => {
  expect(text([])).toContain('npx --no-install drydock run --level integration starts');
});
