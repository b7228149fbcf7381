-- Decides a set of limits in one atomic step: all admit and all are charged, or nothing is written.
-- The clock is this server's TIME. The arithmetic is that of ApiPoc.Domain/Throttling (TokenBucket.cs, Window.cs,
-- CalendarWindow.cs), operation by operation on the same doubles; a test holds both to the same answers.
--
-- KEYS[i]  where limit i lives: {prefix}{b|w|c}:{limit key}; all in one hash slot (see RedisAdmissionOptions.cs)
-- ARGV[1]  requests to charge; 0 looks, as for one request, and charges nothing; below 0 gives back that many
-- then four per limit:
--   b        burst  microseconds per request  0           token bucket
--   w        count  period in microseconds    0           window that opens at its first request
--   D, W, M  count  UTC offset, microseconds  week start  calendar day, week, month; Sunday is 0
-- and, when giving back, the moment of the charge in microseconds since 1970
-- Result, all integers: admitted 1|0, now in microseconds since 1970, then four per limit:
--   refusing 1|0, remaining, retry after (-1: never), reset after; both in microseconds
--
-- Value: two little-endian doubles, amount and since. Bucket: its backlog in microseconds and when that was measured.
--        Windows: the requests counted and when the window began. Keys expire when their state says nothing any more.
--
-- Every function costs at each call, for Redis runs the whole script: so there are few, and each knows buckets and windows.

local LEEWAY = 1e-3 -- forgives the rounding of sums of 1/rate; in microseconds
local DAY = 86400000000

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local floor, ceil, max, min = math.floor, math.ceil, math.max, math.min

-- The days around which a calendar period begins and ends. Days are counted from 1970-01-01, a Thursday.
local function around(kind, day, weekStart)
  if kind == 'D' then return day, day + 1 end
  if kind == 'W' then
    local first = day - (day + 4 - weekStart) % 7
    return first, first + 7
  end
  -- Years are counted from March, in eras of 400 years from 0000-03-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
  local dayOfEra = (day + 719468) % 146097
  local year = floor((dayOfEra - floor(dayOfEra / 1460) + floor(dayOfEra / 36524) - floor(dayOfEra / 146096)) / 365)
  local dayOfYear = dayOfEra - (365 * year + floor(year / 4) - floor(year / 100))
  local month = floor((5 * dayOfYear + 2) / 153)
  local starts, ends = floor((153 * month + 2) / 5), floor((153 * month + 155) / 5)
  if month == 11 then -- February
    local y = year + 1
    ends = (y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)) and 366 or 365
  end
  local first = day - (dayOfYear - starts)
  return first, first + ends - starts
end

-- A bucket has backlog, elapsed (since that was measured) and at (now, or later when the clock went back).
-- A window has count, from and till.
local function open(l, amount, since)
  if l.kind == 'b' then
    l.at = max(since, now)
    -- Never more than a full bucket: when a limit was raised, what the smaller one was owed is forgiven down to that.
    l.backlog, l.elapsed = min(amount, l.capacity * l.x + LEEWAY), l.at - since
  elseif l.kind == 'w' then
    local isOpen = amount > 0 and now < since + l.x
    l.count, l.from = isOpen and amount or 0, isOpen and since or now
    l.till = l.from + l.x
  else
    local first, next = around(l.kind, floor((max(now, since) + l.x) / DAY), l.y)
    l.from, l.till = first * DAY - l.x, next * DAY - l.x
    l.count = since >= l.from and amount or 0
  end
end

-- A bucket (GCRA): each request adds 1/rate of backlog, which drains in real time.
local function backlogAfter(l, wait)
  return max(0, l.backlog - (l.elapsed + wait))
end

local function admits(l, requests, wait)
  if l.count then return l.count + requests <= l.capacity end
  return backlogAfter(l, wait) + requests * l.x <= l.capacity * l.x + LEEWAY
end

local function remaining(l)
  if l.count then return max(0, l.capacity - l.count) end
  local whole = floor((l.capacity * l.x + LEEWAY - backlogAfter(l, 0)) / l.x)
  local left = max(0, min(whole, l.capacity))
  while left < l.capacity and admits(l, left + 1, 0) do left = left + 1 end
  while left > 0 and not admits(l, left, 0) do left = left - 1 end
  return left
end

local function waitFor(l, requests)
  if l.count then return l.till - now end
  local excess = backlogAfter(l, 0) + requests * l.x - l.capacity * l.x
  local wait = max(1, ceil(excess - LEEWAY))
  while not admits(l, requests, wait) do wait = wait + 1 end
  while wait > 1 and admits(l, requests, wait - 1) do wait = wait - 1 end
  return l.at - now + wait
end

local function resetAfter(l)
  if l.count then return l.count > 0 and l.till - now or 0 end
  local backlog = backlogAfter(l, 0)
  return backlog > LEEWAY and l.at - now + ceil(backlog - LEEWAY) or 0
end

-- The decision.

local cost = tonumber(ARGV[1])
local asked = max(1, cost)
local limits, admitted = {}, true
local stored = #KEYS > 0 and redis.call('MGET', unpack(KEYS)) or {}

for i = 1, #KEYS do
  local a = 4 * i - 2
  local l = { kind = ARGV[a], capacity = tonumber(ARGV[a + 1]), x = tonumber(ARGV[a + 2]), y = tonumber(ARGV[a + 3]) }
  local amount, since = 0, now
  if stored[i] then amount, since = struct.unpack('<dd', stored[i]) end
  open(l, amount, since)
  l.refusing = not admits(l, asked, 0)
  admitted = admitted and not l.refusing
  limits[i] = l
end

if cost < 0 or (admitted and cost > 0) then
  local chargedAt = tonumber(ARGV[4 * #KEYS + 2]) or now
  for i, l in ipairs(limits) do
    local amount, since, mattersFor
    if l.count then
      -- A window that has begun since the charge is owed nothing.
      if cost > 0 or chargedAt >= l.from then l.count = max(0, l.count + cost) end
      amount, since, mattersFor = l.count, l.from, l.till - now
    else
      -- What has drained since the charge is not owed any more.
      local added = cost > 0 and cost * l.x or -max(0, -cost * l.x - max(0, l.at - chargedAt))
      l.backlog, l.elapsed = max(0, backlogAfter(l, 0) + added), 0
      amount, since, mattersFor = l.backlog, l.at, l.at - now + l.backlog
    end
    redis.call('SET', KEYS[i], struct.pack('<dd', amount, since), 'PX', floor(mattersFor / 1000) + 1)
  end
end

local result = { admitted and 1 or 0, now }
for i, l in ipairs(limits) do
  local retry = 0
  if l.refusing then retry = asked > l.capacity and -1 or waitFor(l, asked) end
  local r = 4 * i - 1
  result[r], result[r + 1], result[r + 2], result[r + 3] = l.refusing and 1 or 0, remaining(l), retry, resetAfter(l)
end
return result
