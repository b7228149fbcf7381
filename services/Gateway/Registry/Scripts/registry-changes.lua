-- Lists what changed in the registry after a version, oldest first.
-- KEYS[1] hash: item name -> JSON           (gateway:{registry}:items)
-- KEYS[2] sorted set: item name by version  (gateway:{registry}:changes); deleted items stay listed
-- KEYS[3] hash: base, version               (gateway:{registry}:version)
-- ARGV[1] the version already known, 0 for none   ARGV[2] the base it belongs to   ARGV[3] the most items to list
-- Result: { base, version of the registry, name, version, JSON or false, ... }; another base than ARGV[2] lists from the beginning.
local head = redis.call('HMGET', KEYS[3], 'base', 'version')
local base = head[1] or '0'
local since = base == ARGV[2] and ARGV[1] or '0'
local result = { base, head[2] or '0' }
local changed = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
for i = 1, #changed, 2 do
  result[#result + 1] = changed[i]
  -- Scores are formatted by us: Redis may print large ones with an exponent.
  result[#result + 1] = string.format('%.0f', tonumber(changed[i + 1]))
  result[#result + 1] = redis.call('HGET', KEYS[1], changed[i])
end
return result
