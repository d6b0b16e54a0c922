import { once } from 'node:events';
import { ANSWER, BODY } from './exchange.js';
import { SUBJECTS } from './subjects.js';

// Long enough that what is measured is the calls, and not their compilation.
const WARM_UP = 2_000;

// Told how many calls to make, answers with the microseconds of processor time that each took.
const [name = '', origin = ''] = process.argv.slice(2);
globalThis.fetch = origin === '' ? fakeFetch() : redirected(globalThis.fetch, origin);

const ask = await (SUBJECTS[name] as () => Promise<() => Promise<string>>)();
if ((await ask()) !== ANSWER) throw new Error(`${name} returned another answer than the server's.`);
for (let call = 0; call < WARM_UP; call += 1) await ask();
process.once('disconnect', () => process.exit());
process.send?.(0);

for (;;) {
  const [calls] = (await once(process, 'message')) as [number];
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await ask();
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / calls);
}

function fakeFetch(): typeof fetch {
  return async () => new Response(BODY, { headers: { 'content-type': 'application/json' } });
}

/** Every subject sends where it always sends; only the host is another. */
function redirected(send: typeof fetch, to: string): typeof fetch {
  return (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return send(new URL(pathname, to), init);
  };
}
