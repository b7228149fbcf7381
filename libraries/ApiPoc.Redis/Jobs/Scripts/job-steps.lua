-- Takes steps in the attempts of many jobs, one after the other; each is answered for itself, and one that fails spoils no other.
--
-- KEYS[1]  {jobs}:counts         hash: recorded, duplicates_refused, stale_completions
-- KEYS[2]  {jobs}:results        hash: <yyyy-MM-dd>:<api_id> -> results recorded
-- KEYS[3…] {jobs}:job:<job_id>   one per step; hash: attempts, fence, lease (Unix ms until which an attempt is under way), result,
--                                noted (the attempt count that status and reason belong to), status, reason, given_up (1 until it is
--                                reopened), reopened (the redrive that did that last)
-- ARGV[1]  how long to keep a job, in ms
-- ARGV[2…] four per step: its name and what it takes, see there
-- result   one list per step, what it gives; { -1, why } where it could not be taken
local counts, results, keep = KEYS[1], KEYS[2], ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local steps = {}

-- Gives a job up: a result that an attempt brings all the same, from a worker that was only slow, is stale.
local function giveUp(key)
  redis.call('HSET', key, 'given_up', 1)
  redis.call('HINCRBY', key, 'fence', 1)
end

-- Begins an attempt, unless the job is done, given up, has failed often enough, or another attempt is under way.
-- takes   attempts that may count, lease in ms
-- gives   { kind, fence, attempts, status or '', reason, ms until the other attempt's lease ends }
--         kind: 0 started, 1 already completed, 2 given up, now or before, 3 in progress
function steps.begin(key, most, lease)
  local job = redis.call('HMGET', key, 'attempts', 'fence', 'lease', 'result', 'noted', 'status', 'reason', 'given_up')
  local attempts, fence = tonumber(job[1] or '0'), tonumber(job[2] or '0')
  local status, reason = '', ''
  if job[5] and tonumber(job[5]) == attempts then
    status, reason = job[6], job[7]
  end

  if job[4] then
    redis.call('HINCRBY', counts, 'duplicates_refused', 1)
    return { 1, fence, attempts, status, reason, 0 }
  end
  if job[8] then
    return { 2, fence, attempts, status, reason, 0 }
  end
  local left = tonumber(job[3] or '0') - now
  -- A lease cannot be longer than what was asked: more means that the clock was set back.
  if left > 0 and left <= tonumber(lease) then
    return { 3, fence, attempts, status, reason, left }
  end
  if attempts >= tonumber(most) then
    giveUp(key)
    return { 2, fence, attempts, status, reason, 0 }
  end

  redis.call('HSET', key, 'attempts', attempts + 1, 'fence', fence + 1, 'lease', string.format('%.0f', now + tonumber(lease)))
  redis.call('PEXPIRE', key, keep)
  return { 0, fence + 1, attempts + 1, status, reason, 0 }
end

-- Records a result, once, if it comes from the newest attempt.
-- takes   fence, result (JSON), <yyyy-MM-dd>:<api_id>
-- gives   { 0 } recorded, { 1 } one was recorded before, { 2 } a newer attempt has begun, or the job was given up
function steps.complete(key, fence, result, day)
  local job = redis.call('HMGET', key, 'fence', 'result')
  if job[1] and job[1] ~= fence then
    redis.call('HINCRBY', counts, 'stale_completions', 1)
    return { job[2] and 1 or 2 }
  end
  if job[2] then
    redis.call('HINCRBY', counts, 'duplicates_refused', 1)
    return { 1 }
  end

  -- A ledger that lost its data knows no fence: the result in hand is the best there is.
  redis.call('HSET', key, 'fence', fence, 'result', result)
  redis.call('HDEL', key, 'lease', 'noted', 'status', 'reason')
  redis.call('PEXPIRE', key, keep)
  redis.call('HINCRBY', counts, 'recorded', 1)
  redis.call('HINCRBY', results, day, 1)
  return { 0 }
end

-- Ends an attempt without a result.
-- takes   fence, or '' for whatever attempt is under way
-- gives   { 1 } ended, { 0 } it is no longer the newest
function steps.abandon(key, fence)
  local newest = redis.call('HGET', key, 'fence')
  if not newest or (fence ~= '' and newest ~= fence) then
    return { 0 }
  end
  redis.call('HDEL', key, 'lease')
  return { 1 }
end

-- Takes an attempt back: as abandon, and it does not count.
function steps.refund(key, fence)
  local ended = steps.abandon(key, fence)
  if ended[1] == 1 and tonumber(redis.call('HGET', key, 'attempts') or '0') > 0 then
    redis.call('HINCRBY', key, 'attempts', -1)
  end
  return ended
end

-- Ends an attempt that failed: as abandon, and notes the status (or '') and the reason.
function steps.fail(key, fence, status, reason)
  local ended = steps.abandon(key, fence)
  if ended[1] == 1 then
    redis.call('HSET', key, 'noted', redis.call('HGET', key, 'attempts') or '0', 'status', status, 'reason', reason)
  end
  return ended
end

-- Ends an attempt that is the job's last: as fail, and gives the job up.
function steps.give_up(key, fence, status, reason)
  local ended = steps.fail(key, fence, status, reason)
  if ended[1] == 1 then
    giveUp(key)
  end
  return ended
end

-- Lets a job that was given up be tried anew, once per redrive: its message may be delivered more often.
-- takes   what tells the redrive from others
-- gives   { 1 } it may be tried anew, { 0 } it was not given up, or this redrive is known
function steps.reopen(key, redrive)
  local job = redis.call('HMGET', key, 'given_up', 'reopened')
  if job[2] == redrive then
    return { 0 }
  end
  redis.call('HSET', key, 'reopened', redrive)
  redis.call('PEXPIRE', key, keep)
  if not job[1] then
    return { 0 }
  end
  redis.call('HDEL', key, 'given_up', 'attempts', 'noted', 'status', 'reason')
  return { 1 }
end

-- Tells where a job stands, and changes nothing.
-- gives   { standing, attempts, status or '', reason, ms until the lease under way ends }
--         standing: 0 unknown, 1 open, 2 under way, 3 completed, 4 given up
function steps.look(key)
  local job = redis.call('HMGET', key, 'attempts', 'lease', 'result', 'noted', 'status', 'reason', 'given_up', 'fence')
  if not job[8] then
    return { 0, 0, '', '', 0 }
  end
  local left = tonumber(job[2] or '0') - now
  local standing = job[3] and 3 or job[7] and 4 or left > 0 and 2 or 1
  return { standing, tonumber(job[1] or '0'), job[5] or '', job[6] or '', standing == 2 and left or 0 }
end

local answers = {}
for i = 1, #KEYS - 2 do
  local at = 4 * i - 2
  local isTaken, answer = pcall(steps[ARGV[at]], KEYS[i + 2], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
  answers[i] = isTaken and answer or { -1, type(answer) == 'table' and answer.err or tostring(answer) }
end
return answers
