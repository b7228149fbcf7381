-- Goes before a script under test and shadows `redis`, so that the script, unchanged, lives in virtual time:
-- TIME answers the key virtual:clock (microseconds since 1970), and keys with SET PX or PEXPIRE expire by that clock, as Redis does it.

local real = redis
local clock = tonumber(real.call('GET', 'virtual:clock'))
local redis = {}
local hashes = { HGET = true, HMGET = true, HSET = true, HDEL = true, HINCRBY = true }

local function expire(key)
  local after = real.call('HGET', 'virtual:expiries', key)
  if after and math.floor(clock / 1000) > tonumber(after) then
    real.call('DEL', key)
    real.call('HDEL', 'virtual:expiries', key)
  end
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
  elseif command == 'PEXPIRE' then
    return real.call('HSET', 'virtual:expiries', arguments[1], string.format('%.0f', math.floor(clock / 1000) + arguments[2]))
  elseif hashes[command] then
    expire(arguments[1])
    return real.call(command, ...)
  end
  error('virtual time does not know ' .. command)
end

