-- Begins an attempt of a job, unless the job is done, has failed often enough, or another attempt is under way.
--
-- KEYS[1]  {jobs}:job:<job_id>   hash: attempts, fence, lease (Unix ms until which an attempt is under way), result,
--                                noted (the attempt count that status and reason belong to), status, reason
-- KEYS[2]  {jobs}:counts         hash: recorded, duplicates_refused, stale_completions
-- ARGV     1 attempts that may count, 2 lease in ms, 3 how long to keep the job, in ms
-- result   { kind, fence, attempts, status or '', reason, ms until the other attempt's lease ends }
--          kind: 0 started, 1 already completed, 2 exhausted, 3 in progress
local job = redis.call('HMGET', KEYS[1], 'attempts', 'fence', 'lease', 'result', 'noted', 'status', 'reason')
local attempts, fence = tonumber(job[1] or '0'), tonumber(job[2] or '0')
local status, reason = '', ''
if job[5] and tonumber(job[5]) == attempts then
  status, reason = job[6], job[7]
end

if job[4] then
  redis.call('HINCRBY', KEYS[2], 'duplicates_refused', 1)
  return { 1, fence, attempts, status, reason, 0 }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = tonumber(job[3] or '0') - now
-- A lease cannot be longer than what was asked: more means that the clock was set back.
if left > 0 and left <= tonumber(ARGV[2]) then
  return { 3, fence, attempts, status, reason, left }
end
if attempts >= tonumber(ARGV[1]) then
  return { 2, fence, attempts, status, reason, 0 }
end

redis.call('HSET', KEYS[1], 'attempts', attempts + 1, 'fence', fence + 1, 'lease', string.format('%.0f', now + tonumber(ARGV[2])))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 0, fence + 1, attempts + 1, status, reason, 0 }
