-- Counts calls of an API and returns how many there were of late, over all processes. Time is cut into slices of a tenth of the
-- window; a slice that has left the window is dropped with the next calls.
--
-- KEYS[1]  {<api_id>:state}:calls   hash: epoch, and per slice <n>:calls and <n>:failures; expires with the window
-- ARGV     1 the breaker's epoch the calls were sent under, 2 how many failed just now, 3 window in ms,
--          4… in pairs, of calls that went well: how many ms ago, how many
-- result   { calls, failures } within the window; { 0, 0 } when the calls belong to an older epoch
local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '-1')
if tonumber(ARGV[1]) < epoch then
  return { 0, 0 }
end
if tonumber(ARGV[1]) > epoch then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function slice_of(ago)
  return math.floor((now - ago) * 10 / tonumber(ARGV[3]))
end
local slice = slice_of(0)
redis.call('HINCRBY', KEYS[1], slice .. ':calls', ARGV[2])
redis.call('HINCRBY', KEYS[1], slice .. ':failures', ARGV[2])
for i = 4, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], slice_of(tonumber(ARGV[i])) .. ':calls', ARGV[i + 1])
end
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
