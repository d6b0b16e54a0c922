import type { RespReply } from './resp.js';

type Call = (name: string, ...args: string[]) => RespReply;

/** The twin of `NOTE_ENDS`. */
export function noteEnds(
  [key = '']: string[],
  [ttl = '', enough = '', most = '', ...names]: string[],
  call: Call,
): RespReply {
  const left = Number(call('pttl', key));
  const now = clock(call);
  for (const name of names) call('zadd', key, String(now + Number(ttl)), name);
  if (left < Number(ttl)) call('pexpire', key, ttl);
  const ended = call('zrange', key, '-inf', String(now), 'BYSCORE') as string[];
  return ended.length < Number(enough) ? [] : ended.slice(0, Number(most));
}

/** The twin of `FORGET_ENDS`. */
export function forgetEnds([key = '']: string[], names: string[], call: Call): RespReply {
  const now = clock(call);
  return names.filter((name) => {
    const ends = call('zscore', key, name);
    return ends !== null && Number(ends) <= now && call('zrem', key, name) === 1;
  }).length;
}

/** The twin of `PLACES_AFTER`. */
export function placesAfter(
  [key = '']: string[],
  [score = '', id = '', count = '']: string[],
  call: Call,
): RespReply {
  const all = call('zrange', key, score, '-inf', 'BYSCORE', 'REV', 'WITHSCORES') as string[];
  const places = Array.from({ length: all.length / 2 }, (_, at) => [
    all[at * 2] ?? '',
    all[at * 2 + 1] ?? '',
  ]);
  return places
    .filter(([name = '', at]) => Number(at) < Number(score) || name < id)
    .slice(0, Number(count))
    .flat();
}

function clock(call: Call): number {
  const [seconds, micros] = call('time') as string[];
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}
