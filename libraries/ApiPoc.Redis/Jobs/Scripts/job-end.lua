-- Ends an attempt without a result: it failed and counts, or it is taken back.
--
-- KEYS[1]  {jobs}:job:<job_id>   hash, see job-begin.lua
-- ARGV     1 fence, or '' for whatever attempt is under way, 2 'refund', 'fail' or 'abandon', 3 status or '', 4 reason
-- result   1 ended, 0 it is no longer the newest attempt
local fence = redis.call('HGET', KEYS[1], 'fence')
if not fence or (ARGV[1] ~= '' and fence ~= ARGV[1]) then
  return 0
end
redis.call('HDEL', KEYS[1], 'lease')
if ARGV[2] == 'refund' then
  if tonumber(redis.call('HGET', KEYS[1], 'attempts') or '0') > 0 then
    redis.call('HINCRBY', KEYS[1], 'attempts', -1)
  end
elseif ARGV[2] == 'fail' then
  redis.call('HSET', KEYS[1], 'noted', redis.call('HGET', KEYS[1], 'attempts') or '0', 'status', ARGV[3], 'reason', ARGV[4])
end
return 1
