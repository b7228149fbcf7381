-- Decides a set of limits in one atomic step: all admit and all are charged, or nothing is written.
-- The clock is this server's TIME. The arithmetic is that of ApiPoc.Domain/Throttling (TokenBucket.cs, Window.cs,
-- CalendarWindow.cs), operation by operation on the same doubles; a test holds both to the same answers.
--
-- KEYS[i]  where limit i lives: {prefix}{b|w|c}:{limit key}; all in one hash slot (see RedisAdmission.cs)
-- ARGV[1]  requests to charge; 0 looks, as for one request, and charges nothing
-- then four per limit:
--   b        burst  microseconds per request  0           token bucket
--   w        count  period in microseconds    0           window that opens at its first request
--   D, W, M  count  UTC offset, microseconds  week start  calendar day, week, month; Sunday is 0
-- Result, all integers: admitted 1|0, now in microseconds since 1970, then four per limit:
--   refusing 1|0, remaining, retry after (-1: never), reset after; both in microseconds
--
-- Value: "{amount} {since}", two numbers at full precision. Bucket: backlog in microseconds, when it was measured.
--        Windows: requests counted, when the window began. Keys expire when their state says nothing any more.

local LEEWAY = 1e-3 -- forgives the rounding of sums of 1/rate; in microseconds
local DAY = 86400000000

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local floor, max, min = math.floor, math.max, math.min

-- Token bucket (GCRA): a request adds 1/rate of backlog, which drains in real time.

local bucket = {}

function bucket.open(l, amount, since)
  l.at = max(since, now)
  l.backlog, l.elapsed = amount, l.at - since
end

local function backlogAfter(l, wait)
  return max(0, l.backlog - (l.elapsed + wait))
end

local function admitsAfter(l, wait, requests)
  return backlogAfter(l, wait) + requests * l.x <= l.capacity * l.x + LEEWAY
end

function bucket.admits(l, requests) return admitsAfter(l, 0, requests) end

function bucket.remaining(l)
  local whole = floor((l.capacity * l.x + LEEWAY - backlogAfter(l, 0)) / l.x)
  local remaining = max(0, min(whole, l.capacity))
  while remaining < l.capacity and admitsAfter(l, 0, remaining + 1) do remaining = remaining + 1 end
  while remaining > 0 and not admitsAfter(l, 0, remaining) do remaining = remaining - 1 end
  return remaining
end

function bucket.waitFor(l, requests)
  local excess = backlogAfter(l, 0) + requests * l.x - l.capacity * l.x
  local wait = max(1, math.ceil(excess - LEEWAY))
  while not admitsAfter(l, wait, requests) do wait = wait + 1 end
  while wait > 1 and admitsAfter(l, wait - 1, requests) do wait = wait - 1 end
  return l.at - now + wait
end

function bucket.resetAfter(l)
  local backlog = backlogAfter(l, 0)
  return backlog > LEEWAY and l.at - now + math.ceil(backlog - LEEWAY) or 0
end

function bucket.charge(l, requests)
  l.backlog, l.elapsed = backlogAfter(l, 0) + requests * l.x, 0
end

function bucket.state(l) return backlogAfter(l, 0), l.at end

function bucket.mattersFor(l) return l.at - now + backlogAfter(l, 0) end

-- Windows: a count between two moments, l.from and l.till.

local window = {}

function window.open(l, amount, since)
  if amount > 0 and now < since + l.x then
    l.count, l.from = amount, since
  else
    l.count, l.from = 0, now
  end
  l.till = l.from + l.x
end

function window.admits(l, requests) return l.count + requests <= l.capacity end
function window.remaining(l) return max(0, l.capacity - l.count) end
function window.waitFor(l) return l.till - now end
function window.resetAfter(l) return l.count > 0 and l.till - now or 0 end
function window.charge(l, requests) l.count = l.count + requests end
function window.state(l) return l.count, l.from end
function window.mattersFor(l) return l.till - now end

-- Calendar windows. Days are counted from 1970-01-01, a Thursday.

local around = {}

function around.D(day) return day, day + 1 end

function around.W(day, weekStart)
  local first = day - (day + 4 - weekStart) % 7
  return first, first + 7
end

local function firstDay(monthFromMarch) return floor((153 * monthFromMarch + 2) / 5) end

-- Years are counted from March, in eras of 400 years from 0000-03-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
function around.M(day)
  local dayOfEra = (day + 719468) % 146097
  local year = floor((dayOfEra - floor(dayOfEra / 1460) + floor(dayOfEra / 36524) - floor(dayOfEra / 146096)) / 365)
  local dayOfYear = dayOfEra - (365 * year + floor(year / 4) - floor(year / 100))
  local month = floor((5 * dayOfYear + 2) / 153)
  local next = firstDay(month + 1)
  if month == 11 then -- February
    local y = year + 1
    next = (y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)) and 366 or 365
  end
  local first = day - (dayOfYear - firstDay(month))
  return first, first + next - firstDay(month)
end

local calendar = setmetatable({}, { __index = window })

function calendar.open(l, amount, since)
  local day = floor((max(now, since) + l.x) / DAY)
  local first, next = around[l.kind](day, l.y)
  l.from, l.till = first * DAY - l.x, next * DAY - l.x
  l.count = since >= l.from and amount or 0
end

local rules = { b = bucket, w = window, D = calendar, W = calendar, M = calendar }

-- The decision.

local cost = tonumber(ARGV[1])
local asked = max(1, cost)
local limits, admitted = {}, true
local stored = #KEYS > 0 and redis.call('MGET', unpack(KEYS)) or {}

for i = 1, #KEYS do
  local a = 4 * i - 2
  local l = { kind = ARGV[a], capacity = tonumber(ARGV[a + 1]), x = tonumber(ARGV[a + 2]), y = tonumber(ARGV[a + 3]) }
  local amount, since
  if stored[i] then amount, since = string.match(stored[i], '^(%S+) (%S+)$') end
  l.rule = rules[l.kind]
  l.rule.open(l, tonumber(amount) or 0, tonumber(since) or now)
  l.refusing = not l.rule.admits(l, asked)
  admitted = admitted and not l.refusing
  limits[i] = l
end

if admitted and cost > 0 then
  for i, l in ipairs(limits) do
    l.rule.charge(l, cost)
    local milliseconds = floor(l.rule.mattersFor(l) / 1000) + 1
    redis.call('SET', KEYS[i], string.format('%.17g %.17g', l.rule.state(l)), 'PX', string.format('%.0f', milliseconds))
  end
end

local result = { admitted and 1 or 0, now }
for _, l in ipairs(limits) do
  local retry = 0
  if l.refusing then retry = asked > l.capacity and -1 or l.rule.waitFor(l, asked) end
  result[#result + 1] = l.refusing and 1 or 0
  result[#result + 1] = l.rule.remaining(l)
  result[#result + 1] = retry
  result[#result + 1] = l.rule.resetAfter(l)
end
return result
