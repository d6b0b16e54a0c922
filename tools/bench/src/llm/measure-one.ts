import { ANSWER, BODY } from './exchange.js';
import { SUBJECTS } from './subjects.js';

// Long enough that what is measured is the calls, and not their compilation.
const WARM_UP = 2_000;

// One subject in a process of its own: what one library compiles or keeps must not weigh on another.
const [name = '', calls = '', origin = ''] = process.argv.slice(2);
globalThis.fetch = origin === '' ? fakeFetch() : redirected(globalThis.fetch, origin);

const ask = await (SUBJECTS[name] as () => Promise<() => Promise<string>>)();
if ((await ask()) !== ANSWER) throw new Error(`${name} returned another answer than the server's.`);
for (let call = 0; call < WARM_UP; call += 1) await ask();
const before = process.cpuUsage();
for (let call = 0; call < Number(calls); call += 1) await ask();
const { user, system } = process.cpuUsage(before);
console.log(((user + system) / Number(calls)).toFixed(2));
process.exit();

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
