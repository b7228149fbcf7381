-- Goes before a script under test and shadows `redis`, so that the script, unchanged, lives in virtual time:
-- TIME answers the key virtual:clock (microseconds since 1970), and keys set with PX expire by that clock, as Redis does it.

local real = redis
local clock = tonumber(real.call('GET', 'virtual:clock'))
local redis = {}

local function expire(key)
  local after = real.call('HGET', 'virtual:expiries', key)
  if after and math.floor(clock / 1000) > tonumber(after) then real.call('DEL', key) end
end

function redis.call(command, ...)
  local arguments = { ... }
  if command == 'TIME' then
    return { string.format('%.0f', math.floor(clock / 1000000)), string.format('%.0f', clock % 1000000) }
  elseif command == 'MGET' then
    for _, key in ipairs(arguments) do expire(key) end
    return real.call('MGET', ...)
  elseif command == 'SET' and arguments[3] == 'PX' then
    real.call('HSET', 'virtual:expiries', arguments[1], string.format('%.0f', math.floor(clock / 1000) + arguments[4]))
    return real.call('SET', arguments[1], arguments[2])
  end
  error('virtual time does not know ' .. command)
end

