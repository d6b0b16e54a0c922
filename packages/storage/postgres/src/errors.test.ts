import { describe, expect, test } from 'vitest';
import { endsConnection, toFault } from './errors.js';

const server = (code: string, extra: object = {}) =>
  Object.assign(new Error('server text'), { code, ...extra });
const node = (code: string) => Object.assign(new Error('socket text'), { code });

describe('the same fault always has the same class', () => {
  test.each<[string, unknown, string, boolean, string]>([
    ['08000', server('08000'), 'connection', true, 'unknown'],
    ['08001', server('08001'), 'connection', true, 'unknown'],
    ['08003', server('08003'), 'connection', true, 'unknown'],
    ['08006', server('08006'), 'connection', true, 'unknown'],
    ['57P01', server('57P01'), 'connection', true, 'unknown'],
    ['57P02', server('57P02'), 'connection', true, 'unknown'],
    ['57P03', server('57P03'), 'connection', true, 'unknown'],
    ['53300', server('53300'), 'connection', true, 'rejected'],
    ['25006', server('25006'), 'connection', true, 'rejected'],
    ['ECONNREFUSED', node('ECONNREFUSED'), 'connection', true, 'not_sent'],
    ['ECONNRESET', node('ECONNRESET'), 'connection', true, 'unknown'],
    ['a sandbox', node('EPERM'), 'connection', false, 'not_sent'],
    ['ENOTFOUND', node('ENOTFOUND'), 'connection', true, 'not_sent'],
    ['EAI_AGAIN', node('EAI_AGAIN'), 'connection', true, 'not_sent'],
    ['EPIPE', node('EPIPE'), 'connection', true, 'unknown'],
    ['terminated', new Error('Connection terminated unexpectedly'), 'connection', true, 'unknown'],
    [
      'not queryable',
      new Error('Client has encountered a connection error and is not queryable'),
      'connection',
      true,
      'unknown',
    ],
    ['28000', server('28000'), 'connection', false, 'rejected'],
    ['28P01', server('28P01'), 'connection', false, 'rejected'],
    ['3D000', server('3D000'), 'connection', false, 'rejected'],
    [
      'SASL',
      new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
      'connection',
      false,
      'rejected',
    ],
    ['no TLS', new Error('The server does not support SSL connections'), 'connection', false, 'not_sent'],
    ['certificate', node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'connection', false, 'not_sent'],
    ['host name', node('ERR_TLS_CERT_ALTNAME_INVALID'), 'connection', false, 'not_sent'],
    ['read timeout', new Error('Query read timeout'), 'timeout', true, 'unknown'],
    ['57014', server('57014'), 'timeout', false, 'rejected'],
    ['55P03', server('55P03'), 'timeout', true, 'rejected'],
    ['42601', server('42601'), 'query', false, 'rejected'],
    ['42501', server('42501'), 'query', false, 'rejected'],
    ['08P01', server('08P01'), 'query', false, 'rejected'],
    ['53100', server('53100'), 'query', false, 'rejected'],
    ['54000', server('54000'), 'data', false, 'rejected'],
    ['54001', server('54001'), 'query', false, 'rejected'],
    ['XX000', server('XX000'), 'query', false, 'rejected'],
    ['40001', server('40001'), 'query', true, 'rejected'],
    ['40P01', server('40P01'), 'query', true, 'rejected'],
    ['40003', server('40003'), 'connection', true, 'unknown'],
    ['26000', server('26000'), 'query', true, 'rejected'],
    ['22P02', server('22P02'), 'data', false, 'rejected'],
    ['22021', server('22021'), 'data', false, 'rejected'],
    ['22P05', server('22P05'), 'data', false, 'rejected'],
    ['23505', server('23505'), 'data', false, 'rejected'],
    ['21000', server('21000'), 'data', false, 'rejected'],
    ['42P01', server('42P01'), 'not_found', false, 'rejected'],
    ['3F000', server('3F000'), 'not_found', false, 'rejected'],
    ['a stranger', new TypeError('boom'), 'query', false, 'unknown'],
    ['no error', undefined, 'query', false, 'unknown'],
  ])('%s', (_name, error, kind, retriable, outcome) => {
    expect(toFault(error, true)).toMatchObject({ kind, retriable, outcome });
    expect(toFault(error, false)).toMatchObject({ kind, retriable, outcome: 'not_sent' });
  });

  test('waiting for a connection is a timeout of which nothing was sent', () => {
    for (const message of ['timeout exceeded when trying to connect', 'timeout expired']) {
      expect(toFault(new Error(message), false)).toMatchObject({
        kind: 'timeout',
        retriable: true,
        outcome: 'not_sent',
      });
    }
  });
});

test('nothing of the server’s or the driver’s text gets through', () => {
  const canary = 'canary-7f3a';
  const error = server('23505', {
    message: canary,
    detail: `Key (id)=(${canary}) already exists.`,
    where: canary,
    table: canary,
    constraint: canary,
    connectionString: canary,
  });
  expect(JSON.stringify([toFault(error, true), toFault(server(`23505 ${canary}`), true)])).not.toContain(
    canary,
  );
});

describe('a connection is given up', () => {
  test.each(['57P01', '08006', '53300', '26000', '08P01'])('after %s', (code) => {
    expect(endsConnection(server(code))).toBe(true);
  });

  test('after an error that did not come from the server', () => {
    for (const error of [node('ECONNRESET'), node('EPIPE'), new Error('Query read timeout'), undefined]) {
      expect(endsConnection(error)).toBe(true);
    }
  });

  test.each(['23505', '22P02', '42P01', '57014', '40001', '53100'])('not after %s', (code) => {
    expect(endsConnection(server(code))).toBe(false);
  });

  test('by the code, since the severity is in the language of the server', () => {
    expect(endsConnection(server('23505', { severity: 'FEHLER' }))).toBe(false);
  });
});

test.each([
  [server('23505'), '23505'],
  [server('28P01'), '28P01'],
  [node('ECONNREFUSED'), undefined],
  [node('EPIPE'), undefined],
  [node('EPERM'), undefined],
])('the status is the SQLSTATE, and no code of the driver', (error, status) => {
  expect(toFault(error, true).status).toBe(status);
});

test('a sandbox that allows no connections is not an answer of the server', () => {
  expect(toFault(node('EPERM'), false)).toMatchObject({ kind: 'connection', code: 'EPERM' });
});
