import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkOptions } from './options.js';

const here = fileURLToPath(new URL('../../../..', import.meta.url));
const check = (options: object) => () => checkOptions(options, here);

it.each([
  [{ need: ['redis'] }, "drydock() has no option 'need'. Did you mean 'needs'?"],
  [{ guard: { alow: [] } }, "drydock({ guard }) has no option 'alow'. Did you mean 'allow'?"],
  [{ guard: { timeout: 1 } }, "has no option 'timeout'. Known: allow, programs, loopbackServers."],
  [{ env: { deny: [] } }, "drydock({ env }) has no option 'deny'. Known: allow."],
  [{ needs: ['reddis'] }, "names 'reddis', which no package defines. Did you mean 'redis'?"],
])('options %j are wrong usage', (options, message) => {
  expect(check(options)).toThrow(message);
});

it('every documented option is accepted, and so is a need that no package here has', () => {
  const guard = { allow: [], programs: [], loopbackServers: true };
  expect(
    check({ markers: [], levels: [], guard, env: { allow: [] }, needs: ['redis', 'kafka-of-our-own'] }),
  ).not.toThrow();
});
