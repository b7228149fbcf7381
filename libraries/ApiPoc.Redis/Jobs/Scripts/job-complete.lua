-- Records a job's result, once, if it comes from the newest attempt.
--
-- KEYS[1]  {jobs}:job:<job_id>       hash, see job-begin.lua
-- KEYS[2]  {jobs}:counts             hash: recorded, duplicates_refused, stale_completions
-- KEYS[3]  {jobs}:results            hash: <yyyy-MM-dd>:<api_id> -> results recorded
-- ARGV     1 fence, 2 result (JSON), 3 <yyyy-MM-dd>:<api_id>, 4 how long to keep the job, in ms
-- result   0 recorded, 1 one was recorded before, 2 a newer attempt has begun
local job = redis.call('HMGET', KEYS[1], 'fence', 'result')
local isNewest = job[1] == ARGV[1]
if not isNewest and job[1] then
  redis.call('HINCRBY', KEYS[2], 'stale_completions', 1)
  return job[2] and 1 or 2
end
if job[2] then
  redis.call('HINCRBY', KEYS[2], 'duplicates_refused', 1)
  return 1
end

-- A ledger that lost its data knows no fence: the result in hand is the best there is.
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'result', ARGV[2])
redis.call('HDEL', KEYS[1], 'lease', 'noted', 'status', 'reason')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('HINCRBY', KEYS[2], 'recorded', 1)
redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
return 0
