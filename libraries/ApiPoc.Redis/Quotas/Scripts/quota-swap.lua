-- Writes the shared state of one API's quota if nobody has written it since it was read; otherwise answers with what stands.
--
-- KEYS[1]  hash  {<api id>:quota}   fields: version, state (JSON of QuotaState)
-- ARGV[1]  the version that was read; -1 only reads
-- ARGV[2]  the next version
-- ARGV[3]  the next state
-- ARGV[4]  how long an untouched state is kept, in ms
-- ARGV[5]  the channel that tells of changes
-- ARGV[6]  the message to it
-- Result   {1, now in µs} when written; {0, now in µs, version, state} when not ('0', '' where there is none)

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local current = redis.call('HMGET', KEYS[1], 'version', 'state')
local version = current[1] or '0'

if version ~= ARGV[1] then
  return {0, now, version, current[2] or ''}
end

redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return {1, now}
