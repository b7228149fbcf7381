-- Writes items if nobody else has written since they were decided: a compare-and-set over the whole registry.
-- KEYS[1] hash: item name -> JSON           (gateway:{registry}:items)
-- KEYS[2] sorted set: item name by version  (gateway:{registry}:changes)
-- KEYS[3] hash: base, version               (gateway:{registry}:version)
-- ARGV[1] the version decided upon, 0 for an empty registry   ARGV[2] channel   ARGV[3...] name, JSON ('' deletes), ...
-- Result: the new version, or '-1' when the registry has moved on.
local version = redis.call('HGET', KEYS[3], 'version')
if (version or '0') ~= ARGV[1] then return '-1' end
if not version then
  -- A new filling starts at the clock's microseconds, so that its versions never meet those of one that was lost.
  local now = redis.call('TIME')
  version = string.format('%.0f', now[1] * 1000000 + now[2])
  redis.call('HSET', KEYS[3], 'base', version, 'version', version)
end
for i = 3, #ARGV, 2 do
  version = redis.call('HINCRBY', KEYS[3], 'version', 1)
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
  redis.call('ZADD', KEYS[2], string.format('%.0f', version), ARGV[i])
end
version = string.format('%.0f', version)
redis.call('PUBLISH', ARGV[2], version)
return version
