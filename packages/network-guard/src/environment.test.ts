import path from 'node:path';
import { expect, it } from 'vitest';
import { optionsFromEnvironment } from './environment.cjs';

it('reads nothing as the strictest policy, with a summary', () => {
  expect(optionsFromEnvironment({})).toMatchObject({
    scope: 'none',
    allow: [],
    programs: [],
    loopbackServers: false,
    debugger: false,
    osWall: false,
    summary: true,
  });
  expect(optionsFromEnvironment({ DRYDOCK_GUARD_SCOPE: 'everything' }).scope).toBe('none');
});

it('reads lists, switches and paths', () => {
  expect(
    optionsFromEnvironment({
      DRYDOCK_GUARD_SCOPE: 'lan',
      DRYDOCK_GUARD_ALLOW: 'db:5432, *.example.com',
      DRYDOCK_GUARD_PROGRAMS: 'git,docker',
      DRYDOCK_GUARD_TEMP: ['/a', '/b'].join(path.delimiter),
      DRYDOCK_GUARD_LOOPBACK: '1',
      DRYDOCK_GUARD_DEBUGGER: '1',
      DRYDOCK_GUARD_OS_WALL: 'true',
      DRYDOCK_GUARD_REPORT: '/r.jsonl',
      DRYDOCK_GUARD_SUMMARY: '0',
      DRYDOCK_GUARD_EXIT_CODE: '9',
    }),
  ).toEqual({
    scope: 'lan',
    allow: ['db:5432', '*.example.com'],
    programs: ['git', 'docker'],
    tempDirs: ['/a', '/b'],
    loopbackServers: true,
    debugger: true,
    osWall: true,
    reportFile: '/r.jsonl',
    summary: false,
    exitCode: 9,
  });
});
