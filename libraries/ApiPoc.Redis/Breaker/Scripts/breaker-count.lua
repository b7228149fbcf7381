-- Counts one call of an API and returns how many there were of late, over all processes. Time is cut into slices of a tenth of the
-- window; a slice that has left the window is dropped with the next call.
--
-- KEYS[1]  {<api_id>:state}:calls   hash: epoch, and per slice <n>:calls and <n>:failures; expires with the window
-- ARGV     1 the breaker's epoch the call was sent under, 2 '1' failed or '0' not, 3 window in ms
-- result   { calls, failures } within the window; { 0, 0 } when the call belongs to an older epoch
local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '-1')
if tonumber(ARGV[1]) < epoch then
  return { 0, 0 }
end
if tonumber(ARGV[1]) > epoch then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
end

local time = redis.call('TIME')
local slice = math.floor((time[1] * 1000 + math.floor(time[2] / 1000)) * 10 / tonumber(ARGV[3]))
redis.call('HINCRBY', KEYS[1], slice .. ':calls', 1)
redis.call('HINCRBY', KEYS[1], slice .. ':failures', tonumber(ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])

local totals = { calls = 0, failures = 0 }
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  local of, what = string.match(stored[i], '^(%d+):(%a+)$')
  if of and tonumber(of) > slice - 10 and tonumber(of) <= slice then
    totals[what] = totals[what] + tonumber(stored[i + 1])
  elseif of then
    redis.call('HDEL', KEYS[1], stored[i])
  end
end
return { totals.calls, totals.failures }
