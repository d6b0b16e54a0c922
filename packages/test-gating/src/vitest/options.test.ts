import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkOptions } from './options.js';

const here = fileURLToPath(new URL('../../../..', import.meta.url));
const check = (options: object) => () => checkOptions(options, here);

it.each([
  [{ need: ['redis'] }, "drydock() has no option 'need'. Did you mean 'needs'?"],
  [{ guard: { alow: [] } }, "drydock({ guard }) has no option 'alow'. Did you mean 'allow'?"],
  [
    { guard: { timeout: 1 } },
    "has no option 'timeout'. Known: allow, programs, loopbackServers, mockLibraries.",
  ],
  [{ env: { deny: [] } }, "drydock({ env }) has no option 'deny'. Known: allow, failOnUnhashed."],
  [{ redaction: { value: [] } }, "drydock({ redaction }) has no option 'value'. Did you mean 'values'?"],
  [{ redaction: { names: [/x/] } }, 'drydock({ redaction: { names } }) is not a list of texts.'],
  [{ redaction: { allow: 'x' } }, '{ allow } }) is not a list of texts or regular expressions.'],
  [{ redaction: { values: [''] } }, '{ values } }) is not a list of texts or regular expressions.'],
  [{ needs: ['reddis'] }, "names 'reddis', which no package defines. Did you mean 'redis'?"],
])('options %j are wrong usage', (options, message) => {
  expect(check(options)).toThrow(message);
});

it('every documented option is accepted, and so is a need that no package here has', () => {
  const guard = { allow: [], programs: [], loopbackServers: true };
  expect(
    check({ markers: [], levels: [], guard, env: { allow: [] }, needs: ['redis', 'kafka-of-our-own'] }),
  ).not.toThrow();
  expect(check({ redaction: { names: ['A'], values: ['b', /c/], allow: [/d/] } })).not.toThrow();
});
