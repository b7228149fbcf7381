-- Reads one API's breaker and the time by which its deadlines are meant.
--
-- KEYS[1]  {<api_id>:state}:breaker   hash: circuit, epoch, probe_at (Unix ms or ''), reason, holder, failures
-- result   { now in Unix ms, circuit, epoch, probe_at, reason, holder, failures }; only the time when nothing is stored
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local stored = redis.call('HMGET', KEYS[1], 'circuit', 'epoch', 'probe_at', 'reason', 'holder', 'failures')
if not stored[1] then
  return { now }
end
return { now, stored[1], stored[2], stored[3], stored[4], stored[5], stored[6] }
