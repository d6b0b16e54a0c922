import type { Keyspace } from './keyspace.js';
import { error, type RespReply } from './resp.js';
import { formatScore, parseScore, sortedSet } from './sorted-set.js';

const SYNTAX = error('ERR syntax error');

/** ZRANGE key start stop BYSCORE [REV] [LIMIT offset count] [WITHSCORES]. */
export function zrange([key = '', start = '', stop = '', ...words]: string[], keys: Keyspace): RespReply {
  const options = parse(words);
  if (!options) return SYNTAX;
  if (!options.byScore) return error('ERR the fake ranges by score only');
  const [min, max] = (options.reverse ? [stop, start] : [start, stop]).map(parseScore);
  if (min === undefined || max === undefined) return error('ERR min or max is not a float');
  const within = [...(sortedSet(keys, key) ?? [])]
    .filter(([, score]) => score >= min && score <= max)
    .sort(byScoreThenBytes);
  if (options.reverse) within.reverse();
  const end = options.count < 0 ? undefined : options.offset + options.count;
  const page = within.slice(options.offset, end);
  return page.flatMap(([member, score]) => (options.withScores ? [member, formatScore(score)] : [member]));
}

function byScoreThenBytes([a, scoreA]: [string, number], [b, scoreB]: [string, number]): number {
  if (scoreA !== scoreB) return scoreA - scoreB;
  return a < b ? -1 : 1;
}

function parse(words: readonly string[]) {
  const options = { byScore: false, reverse: false, withScores: false, offset: 0, count: -1 };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.toUpperCase();
    if (word === 'BYSCORE') options.byScore = true;
    else if (word === 'REV') options.reverse = true;
    else if (word === 'WITHSCORES') options.withScores = true;
    else if (word === 'LIMIT') {
      options.offset = Number(words[at + 1]);
      options.count = Number(words[at + 2]);
      at += 2;
    } else return undefined;
  }
  return Number.isInteger(options.offset) && Number.isInteger(options.count) ? options : undefined;
}
