import { describe, expect, test } from 'vitest';
import type { SandboxKind, SandboxReport } from '../sandbox/report.js';
import type { EndpointReport, Finding, Step } from './finding.js';
import { findingsOf, judgeEndpoint } from './judge.js';
import { nameEvidence } from './name-evidence.js';

const finding = (step: Step, code?: string, endpoint = 'db1:6379', name = 'redis'): Finding => ({
  name,
  endpoint,
  step,
  ok: code === undefined,
  ...(code !== undefined && { code }),
  evidence: code ?? 'well',
  durationMs: 1,
});

const report = (...findings: Finding[]): EndpointReport => ({
  name: findings[0]?.name ?? 'redis',
  kind: 'service',
  endpoint: findings[0]?.endpoint ?? 'db1:6379',
  ok: findings.every(({ ok }) => ok),
  findings,
});

const sandbox = (kind: SandboxKind = 'none'): SandboxReport => ({
  kind,
  evidence: `it is ${kind}`,
  ...(kind !== 'none' && { remedy: 'ask' }),
  observations: { loopback: kind === 'seccomp' ? 'EPERM' : 'ok' } as never,
});

describe('a failed step', () => {
  test.each<[Step, string, string]>([
    ['dns', 'ENOTFOUND', 'dns'],
    ['tcp', 'ECONNREFUSED', 'refused'],
    ['tcp', 'ETIMEDOUT', 'routing'],
    ['tcp', 'EHOSTUNREACH', 'routing'],
    ['tls', 'CERT_HAS_EXPIRED', 'tls'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['tls', 'CERT_NOT_YET_VALID', 'clock-skew'],
    ['login', 'WRONGPASS', 'login'],
    ['login', '3D000', 'wrong-database'],
    ['login', 'HTTP_401', 'login'],
    ['login', 'SOMETHING_NEW', 'login'],
    ['version', 'VERSION_TOO_OLD', 'version'],
  ])('%s %s is the environment’s: %s', (step, code, subclass) => {
    const judged = judgeEndpoint(report(finding(step, code)), sandbox());
    expect(judged?.verdict).toMatchObject({ class: 'environment', subclass });
    expect(judged?.verdict.remedy).not.toBe('');
  });

  test('of a login that takes too long says nothing of the credentials', () => {
    const late = judgeEndpoint(report(finding('login', 'ETIMEDOUT')), sandbox());
    expect(late?.verdict.remedy).toContain('in time');
    expect(late?.verdict.remedy).not.toContain('credentials');
  });

  test('is explained by a sandbox that keeps everything away, whatever its code', () => {
    for (const [step, code] of [
      ['dns', 'EAI_AGAIN'],
      ['tcp', 'EPERM'],
    ] as const) {
      const judged = judgeEndpoint(report(finding(step, code)), sandbox('seccomp'));
      expect(judged?.verdict).toMatchObject({
        subclass: 'sandbox',
        code: 'EPERM',
        evidence: 'it is seccomp',
        remedy: 'ask',
      });
    }
  });

  test('is not explained by one that leaves loopback alone, where loopback refused', () => {
    const refused = report(finding('tcp', 'ECONNREFUSED', 'localhost:6379'));
    expect(judgeEndpoint(refused, sandbox('no-route'))?.verdict.subclass).toBe('refused');
    expect(judgeEndpoint(report(finding('tcp', 'ENETUNREACH')), sandbox('no-route'))?.verdict.subclass).toBe(
      'sandbox',
    );
  });

  test('behind an open connection is not the sandbox’s fault', () => {
    expect(judgeEndpoint(report(finding('login', 'WRONGPASS')), sandbox('seccomp'))?.verdict.subclass).toBe(
      'login',
    );
  });
});

test('an endpoint that answers has no verdict', () => {
  expect(judgeEndpoint(report(finding('tcp')), sandbox())).toBeUndefined();
});

test('a preflight becomes what failures of tests are held against', () => {
  const well = { ...report(finding('login')), version: '7.0.15' };
  const findings = findingsOf({
    startedAt: '',
    durationMs: 1,
    sandbox: sandbox('seccomp'),
    endpoints: [well, report(finding('login', 'WRONGPASS'))],
  });
  expect(findings).toEqual({
    sandbox: { kind: 'seccomp', evidence: 'it is seccomp', remedy: 'ask' },
    endpoints: [
      { name: 'redis', ok: true, evidence: 'logged in to 7.0.15' },
      { name: 'redis', ok: false, evidence: 'login: WRONGPASS' },
    ],
  });
});

test('only public names say something of the place', () => {
  const lookups = ['api.groq.com:443', 'db1:5432', 'db.internal:5432', '[::1]:1', 'api.mistral.ai:443'].map(
    (endpoint) => report(finding('dns', 'ENOTFOUND', endpoint)),
  );
  expect(nameEvidence(lookups)).toEqual({ asked: 2, codes: ['ENOTFOUND', 'ENOTFOUND'] });
});
