-- Adds what one process counted to the counts of all and tells the sums over a sliding window.
-- KEYS[i]  hash of one caller: window part -> requests   (gateway:firewall:{rule}:network)
-- ARGV[1]  the window in milliseconds   ARGV[2] into how many parts it is divided   ARGV[2 + i] requests to add for KEYS[i]
-- Result: the sum of each caller, in order. The clock is this server's TIME.
local window, parts = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local part = math.floor((time[1] * 1000 + time[2] / 1000) * parts / window)
local sums = {}
for i, key in ipairs(KEYS) do
  local added = tonumber(ARGV[2 + i])
  if added > 0 then
    redis.call('HINCRBY', key, part, added)
    redis.call('PEXPIRE', key, window)
  end
  local sum, fields = 0, redis.call('HGETALL', key)
  for at = 1, #fields, 2 do
    if tonumber(fields[at]) > part - parts then
      sum = sum + tonumber(fields[at + 1])
    else
      redis.call('HDEL', key, fields[at])
    end
  end
  sums[i] = sum
end
return sums
