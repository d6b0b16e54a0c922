import { createHash } from 'node:crypto';
import { runCommand } from './commands.js';
import { forgetEnds, noteEnds, placesAfter } from './group-scripts.js';
import type { Keyspace } from './keyspace.js';
import { error, type RespReply, status } from './resp.js';

type Call = (name: string, ...args: string[]) => RespReply;
type Script = (keys: string[], args: string[], call: Call) => RespReply;

/**
 * A TypeScript version of each script, by the SHA-1 of the script's text. The fake runs no Lua: a script that was changed
 * has another SHA-1 and fails until its version here follows; the drift cases show on a real server that both agree.
 */
const TWINS: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['945642b4515536804cb0f638331c562e62b42afb', unlinkEach],
  ['d57f15fd6e0dadd634527d7ea70781f7ad0fe91d', addToGroup],
  ['5c58df1dd4aa027c7e3e3ea9cf91ffad9d41996d', removeFromGroup],
  ['e4c4638452e309bd965561a49bcda768a2026058', storeIf],
  ['b7c37bc043eb24c5564db48885f0ea2402a8e3c8', noteEnds],
  ['a7595b0c02a7b00e24929f25129a9ff7c9505257', forgetEnds],
  ['3f3b2d13b86372302e02d3e83f349549c263c4f6', placesAfter],
]);

function unlinkEach(keys: string[], _args: string[], call: Call): RespReply {
  return keys.map((key) => call('unlink', key));
}

function addToGroup([key = '']: string[], [ttl = '0', ...pairs]: string[], call: Call): RespReply {
  const left = Number(call('pttl', key));
  for (let at = 0; at < pairs.length; at += 2) call('zadd', key, pairs[at] ?? '', pairs[at + 1] ?? '');
  if (Number(ttl) === 0) call('persist', key);
  else if (left === -2 || (left >= 0 && left < Number(ttl))) call('pexpire', key, ttl);
  return status('OK');
}

function removeFromGroup([key = '']: string[], ids: string[], call: Call): RespReply {
  return ids.map((id) => {
    const score = call('zscore', key, id);
    call('zrem', key, id);
    return score;
  });
}

function storeIf(
  [key = '']: string[],
  [wanted = '', text = '', lifetime = '']: string[],
  call: Call,
): RespReply {
  const current = call('get', key);
  const sha = typeof current === 'string' && createHash('sha1').update(current).digest('hex');
  if (wanted === 'absent' ? current !== null : sha !== wanted) return -3;
  const options = lifetime === 'keep' ? ['KEEPTTL'] : lifetime === '0' ? [] : ['PX', lifetime];
  call('set', key, text, ...options);
  return [call('pttl', key), current];
}

/** EVAL script numkeys key... arg... */
export function evaluate([text = '', count = '', ...rest]: string[], keyspace: Keyspace): RespReply {
  const keyCount = Number(count);
  if (!Number.isInteger(keyCount)) return error('ERR value is not an integer or out of range');
  if (keyCount < 0) return error("ERR Number of keys can't be negative");
  if (keyCount > rest.length) return error("ERR Number of keys can't be greater than number of args");
  const sha = createHash('sha1').update(text, 'latin1').digest('hex');
  const script = TWINS.get(sha);
  if (!script) return error(`ERR the fake has no twin of the script ${sha}`);
  try {
    return script(rest.slice(0, keyCount), rest.slice(keyCount), (name, ...args) => {
      const reply = runCommand(name, args, keyspace);
      if (isError(reply)) throw new ScriptError(reply.error, sha);
      return reply;
    });
  } catch (reason) {
    if (reason instanceof ScriptError) return error(reason.message);
    throw reason;
  }
}

/** The error of a command ends the script; the server adds the place. */
class ScriptError extends Error {
  constructor(text: string, sha: string) {
    super(`${text} script: ${sha}, on @user_script:1.`);
  }
}

function isError(reply: RespReply): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}
