/// What is done in one step, in Lua. Each script begins with what its keys and arguments are.
///
/// Numbers are doubles there: sequences and offsets are exact up to 2^53, and are written with
/// `%.0f`, because Lua's own way of writing them ends at 14 digits.
enum LogScripts {
    static let append = RedisScript(
        """
        -- KEYS meta log heads keys
        -- ARGV epoch archived-sequence archived-id id topic expecting count records
        --      entries-kept channel publish-command key…
        local meta = redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'entry', 'first', 'state')
        if meta[1] ~= ARGV[1] or meta[5] ~= 'live' then return {'elsewhere'} end
        local sequence, first = tonumber(meta[2]), tonumber(meta[4])
        local archived = tonumber(ARGV[2])
        if archived > sequence or archived + 1 < first then return {'elsewhere'} end
        if archived == sequence and ARGV[3] ~= meta[3] then return {'elsewhere'} end
        local head = tonumber(redis.call('HGET', KEYS[3], ARGV[5]) or '0')
        if ARGV[6] ~= '' and tonumber(ARGV[6]) ~= head then
            return {'conflict', meta[2], string.format('%.0f', head)}
        end
        local repeated = {}
        for index = 12, #ARGV do
            if redis.call('HEXISTS', KEYS[4], ARGV[index]) == 1 then
                repeated[#repeated + 1] = ARGV[index]
            end
        end
        if #repeated > 0 then return {'repeated', meta[2], unpack(repeated)} end
        local number = string.format('%.0f', sequence + 1)
        local message = table.concat({
            'entry', ARGV[1], number, string.format('%.0f', head + 1), ARGV[4], meta[3], #ARGV[5],
            ARGV[5] .. ARGV[8]
        }, ' ')
        local fields = {'e', message}
        for index = 12, #ARGV do
            redis.call('HSET', KEYS[4], ARGV[index], number)
            fields[#fields + 1] = 'k'
            fields[#fields + 1] = ARGV[index]
        end
        redis.call('XADD', KEYS[2], number .. '-0', unpack(fields))
        redis.call('HSET', KEYS[3], ARGV[5], string.format('%.0f', head + tonumber(ARGV[7])))
        if sequence - first >= tonumber(ARGV[9]) then
            for _, old in ipairs(redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 4)) do
                for index = 3, #old[2], 2 do redis.call('HDEL', KEYS[4], old[2][index + 1]) end
                redis.call('XDEL', KEYS[2], old[1])
                first = tonumber(string.match(old[1], '%d+')) + 1
            end
        end
        redis.call('HSET', KEYS[1], 'sequence', number, 'entry', ARGV[4],
            'first', string.format('%.0f', first))
        redis.call(ARGV[11], ARGV[10], message)
        return {'stored', number, string.format('%.0f', head + 1)}
        """
    )

    static let claim = RedisScript(
        """
        -- KEYS meta claims
        -- ARGV node epoch sequence id window-ms term-ms channel publish-command
        local meta = redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'entry', 'first', 'state')
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        if meta[5] == 'live' then
            local same = meta[1] == ARGV[2]
            local lost = same and (tonumber(ARGV[3]) > tonumber(meta[2])
                or (ARGV[3] == meta[2] and ARGV[4] ~= meta[3]))
            if not lost then return {'over', meta[1], meta[2], meta[3], meta[4]} end
        end
        if meta[5] ~= 'lost' then
            redis.call('DEL', KEYS[2])
            redis.call('HSET', KEYS[1], 'state', 'lost', 'since', now, 'leader', '', 'until', 0)
            redis.call('HINCRBY', KEYS[1], 'fence', 1)
            redis.call(ARGV[8], ARGV[7], 'turned')
        end
        redis.call('HSET', KEYS[2], ARGV[1], table.concat({ARGV[3], ARGV[4], ARGV[2]}, ' '))
        local state = redis.call('HMGET', KEYS[1], 'since', 'leader', 'until', 'fence')
        if now - tonumber(state[1]) < tonumber(ARGV[5]) then return {'waiting'} end
        if state[2] ~= '' then
            if now < tonumber(state[3]) then
                if state[2] == ARGV[1] then
                    return {'elected', state[4], unpack(redis.call('HGETALL', KEYS[2]))}
                end
                return {'waiting'}
            end
            -- Its term is over and nothing has come of it.
            redis.call('HDEL', KEYS[2], state[2])
            redis.call('HSET', KEYS[2], ARGV[1], table.concat({ARGV[3], ARGV[4], ARGV[2]}, ' '))
        end
        local claims = redis.call('HGETALL', KEYS[2])
        local best, farthest = nil, -1
        for index = 1, #claims, 2 do
            local sequence = tonumber(string.match(claims[index + 1], '^%d+'))
            if sequence > farthest or (sequence == farthest and claims[index] < best) then
                best, farthest = claims[index], sequence
            end
        end
        local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
        redis.call('HSET', KEYS[1], 'leader', best,
            'until', string.format('%.0f', now + tonumber(ARGV[6])))
        if best == ARGV[1] then return {'elected', tostring(fence), unpack(claims)} end
        return {'waiting'}
        """
    )

    /// Everything goes but the fence; what the new log begins with comes in pieces after it.
    static let clear = RedisScript(
        """
        -- KEYS meta log heads keys
        -- ARGV fence
        if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
        return 1
        """
    )

    static let fill = RedisScript(
        """
        -- KEYS meta log heads keys
        -- ARGV fence pairs-of-heads, then topic offset …, then sequence message key-count key… …
        if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
        local index = 3
        for _ = 1, tonumber(ARGV[2]) do
            redis.call('HSET', KEYS[3], ARGV[index], ARGV[index + 1])
            index = index + 2
        end
        while index <= #ARGV do
            local fields, count = {'e', ARGV[index + 1]}, tonumber(ARGV[index + 2])
            for key = index + 3, index + 2 + count do
                redis.call('HSET', KEYS[4], ARGV[key], ARGV[index])
                fields[#fields + 1] = 'k'
                fields[#fields + 1] = ARGV[key]
            end
            redis.call('XADD', KEYS[2], ARGV[index] .. '-0', unpack(fields))
            index = index + 3 + count
        end
        return 1
        """
    )

    static let open = RedisScript(
        """
        -- KEYS meta claims
        -- ARGV fence epoch sequence id first channel publish-command
        if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'sequence', ARGV[3], 'entry', ARGV[4],
            'first', ARGV[5], 'state', 'live')
        redis.call('HDEL', KEYS[1], 'leader', 'until', 'since')
        redis.call('DEL', KEYS[2])
        redis.call(ARGV[7], ARGV[6], 'turned')
        return 1
        """
    )
}
