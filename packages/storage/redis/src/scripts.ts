/**
 * Removes each key and tells for each whether it was there.
 *
 * Sent whole with EVAL: a few hundred bytes a batch, and no script cache that a restart or failover empties.
 */
export const UNLINK_EACH = `local removed = {}
for i, key in ipairs(KEYS) do removed[i] = redis.call('UNLINK', key) end
return removed`;

/**
 * Puts ids into a group's sorted set, which lives as long as its longest-lived member; applied twice, it does no more
 * than once. ARGV: lifetime in milliseconds or 0 for ever, then score and id in turn.
 */
export const ADD_TO_GROUP = `local ttl = tonumber(ARGV[1])
local left = redis.call('PTTL', KEYS[1])
for i = 2, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
if ttl == 0 then
  redis.call('PERSIST', KEYS[1])
elseif left == -2 or (left >= 0 and left < ttl) then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return redis.status_reply('OK')`;

/** Takes ids out of a group's sorted set; returns for each its score, or false where it was not in. */
export const REMOVE_FROM_GROUP = `local scores = {}
for i, id in ipairs(ARGV) do
  scores[i] = redis.call('ZSCORE', KEYS[1], id)
  redis.call('ZREM', KEYS[1], id)
end
return scores`;

/**
 * Writes a record where its condition holds: it is not there, or its text has this SHA-1. ARGV: `absent` or the SHA-1, the
 * text, and its lifetime in milliseconds, 0 for ever, or `keep`. Returns the lifetime left, -1 for ever, -3 if not written.
 */
export const STORE_IF = `local current = redis.call('GET', KEYS[1])
if ARGV[1] == 'absent' then
  if current then return -3 end
elseif not current or redis.sha1hex(current) ~= ARGV[1] then
  return -3
end
if ARGV[3] == 'keep' then
  redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
elseif ARGV[3] == '0' then
  redis.call('SET', KEYS[1], ARGV[2])
else
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
return redis.call('PTTL', KEYS[1])`;
