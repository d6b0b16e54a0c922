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
 * text, and its lifetime in milliseconds, 0 for ever, or `keep`. Returns the lifetime left, -1 for ever, and the text that
 * was there; -3 if nothing was written.
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
return {redis.call('PTTL', KEYS[1]), current}`;

/**
 * Notes when names end, and returns which have ended once there are many. KEYS: the set of ends. ARGV: lifetime in
 * milliseconds, how many must have ended, how many to return at most, then the names. The set ends with its last name.
 */
export const NOTE_ENDS = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = redis.call('PTTL', KEYS[1])
for i = 4, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
if left < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
if redis.call('ZCOUNT', KEYS[1], '-inf', now) < tonumber(ARGV[2]) then return {} end
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])`;

/** Removes from the set of ends those names that have ended and were not given a later end since. */
export const FORGET_ENDS = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local forgotten = 0
for i, name in ipairs(ARGV) do
  local ends = redis.call('ZSCORE', KEYS[1], name)
  if ends and tonumber(ends) <= now then forgotten = forgotten + redis.call('ZREM', KEYS[1], name) end
end
return forgotten`;

/**
 * Ids after a place, by falling score, those of one score by falling id, each with its score. ARGV: score and id of the
 * place, and how many. Where the place itself is gone, it is looked for among those of its score by halves.
 */
export const PLACES_AFTER = `local score, id, count = ARGV[1], ARGV[2], tonumber(ARGV[3])
local function before(a, b)
  local length = math.min(#a, #b)
  for i = 1, length do
    local x, y = a:byte(i), b:byte(i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
local first
local place = redis.call('ZSCORE', KEYS[1], id)
if place and tonumber(place) == tonumber(score) then
  first = redis.call('ZREVRANK', KEYS[1], id) + 1
else
  first = redis.call('ZCOUNT', KEYS[1], '(' .. score, '+inf')
  local last = first + redis.call('ZCOUNT', KEYS[1], score, score)
  while first < last do
    local middle = math.floor((first + last) / 2)
    local other = redis.call('ZREVRANGE', KEYS[1], middle, middle)[1]
    if before(other, id) then last = middle else first = middle + 1 end
  end
end
return redis.call('ZREVRANGE', KEYS[1], first, first + count - 1, 'WITHSCORES')`;
