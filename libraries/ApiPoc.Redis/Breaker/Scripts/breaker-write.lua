-- Writes one API's breaker if its epoch is still the one that was read, and tells every process.
--
-- KEYS[1]  {<api_id>:state}:breaker   hash: circuit, epoch, probe_at, reason, holder, failures
-- KEYS[2]  <api_id>:state             string OPEN, CLOSED or HALF_OPEN: the same for a person with redis-cli, in the same slot
-- ARGV     1 expected epoch ('0' also when nothing is stored), 2 circuit, 3 epoch, 4 probe_at, 5 reason, 6 holder, 7 failures,
--          8 channel, 9 api_id (the notice)
-- result   1 written, 0 somebody else was first
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'circuit', ARGV[2], 'epoch', ARGV[3], 'probe_at', ARGV[4], 'reason', ARGV[5], 'holder', ARGV[6], 'failures', ARGV[7])
redis.call('SET', KEYS[2], ARGV[2])
redis.call('PUBLISH', ARGV[8], ARGV[9])
return 1
