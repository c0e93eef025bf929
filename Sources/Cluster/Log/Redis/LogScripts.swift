/// What is done in one step, in Lua. Each script begins with what its keys and arguments are.
///
/// Numbers are doubles there: sequences and offsets are exact up to 2^53, and are written with
/// `%.0f`, because Lua's own way of writing them ends at 14 digits.
enum LogScripts {
    /// The id of the entry before that one, as the log has it: the copy of who has another id there
    /// is not the log's beginning.
    private static let entryBefore = """
        local function entryBefore(log, number)
            local id = string.format('%.0f-0', number)
            local found = redis.call('XRANGE', log, id, id)
            return found[1] and string.match(found[1][2][2], '^entry %S+ %S+ %S+ %S+ (%S+) ')
        end

        """

    static let append = RedisScript(
        entryBefore + lines + """
            -- KEYS meta log heads keys lines
            -- ARGV epoch archived-sequence archived-id id topic expecting count records
            --      entries-kept channel publish-command node term-ms key…
            local meta =
                redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'entry', 'first', 'state')
            if meta[1] ~= ARGV[1] or meta[5] ~= 'live' then return {'elsewhere'} end
            local sequence, first = tonumber(meta[2]), tonumber(meta[4])
            local archived = tonumber(ARGV[2])
            if archived > sequence or archived + 1 < first then return {'elsewhere'} end
            if archived == sequence and ARGV[3] ~= meta[3] then return {'elsewhere'} end
            -- What is expected is an offset of that copy: the log's may be of another record.
            if ARGV[6] ~= '' and archived < sequence
                and entryBefore(KEYS[2], archived + 1) ~= ARGV[3] then return {'elsewhere'} end
            local head = tonumber(redis.call('HGET', KEYS[3], ARGV[5]) or '0')
            local line
            if ARGV[6] ~= '' then
                line = lineAt(KEYS[5], ARGV[5], tonumber(ARGV[13]))
                local isFirst = #line.nodes == 0 or line.nodes[1] == ARGV[12]
                if tonumber(ARGV[6]) ~= head or not isFirst then
                    local place = placeIn(line, ARGV[12])
                    stored(KEYS[5], ARGV[5], line)
                    return {'conflict', meta[2], string.format('%.0f', head),
                        string.format('%.0f', place - 1)}
                end
            end
            local repeated = {}
            for index = 14, #ARGV do
                if redis.call('HEXISTS', KEYS[4], ARGV[index]) == 1 then
                    repeated[#repeated + 1] = ARGV[index]
                end
            end
            if #repeated > 0 then return {'repeated', meta[2], unpack(repeated)} end
            local number = string.format('%.0f', sequence + 1)
            local message = table.concat({
                'entry', ARGV[1], number, string.format('%.0f', head + 1), ARGV[4], meta[3],
                #ARGV[5], ARGV[5] .. ARGV[8]
            }, ' ')
            local fields = {'e', message}
            for index = 14, #ARGV do
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
            if line and line.wasTold then
                if line.nodes[1] == ARGV[12] then
                    table.remove(line.nodes, 1)
                    line.ends = line.next
                end
                stored(KEYS[5], ARGV[5], line)
            end
            redis.call(ARGV[11], ARGV[10], message)
            return {'stored', number, string.format('%.0f', head + 1)}
            """
    )

    static let claim = RedisScript(
        entryBefore + """
            -- KEYS meta claims log
            -- ARGV node epoch sequence id window-ms term-ms channel publish-command token
            local meta =
                redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'entry', 'first', 'state')
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            if meta[5] == 'live' then
                local archived, sequence = tonumber(ARGV[3]), tonumber(meta[2])
                local lost = false
                if meta[1] ~= ARGV[2] then lost = false
                elseif archived > sequence then lost = true
                elseif archived == sequence then lost = ARGV[4] ~= meta[3]
                elseif archived + 1 >= tonumber(meta[4]) then
                    lost = entryBefore(KEYS[3], archived + 1) ~= ARGV[4]
                end
                if not lost then return {'over', meta[1], meta[2], meta[3], meta[4]} end
            end
            if meta[5] ~= 'lost' then
                redis.call('DEL', KEYS[2])
                redis.call('HSET', KEYS[1], 'state', 'lost', 'since', now, 'leader', '', 'until', 0,
                    'fence', '')
                redis.call(ARGV[8], ARGV[7], 'turned')
            end
            redis.call('HSET', KEYS[2], ARGV[1], table.concat({ARGV[3], ARGV[4], ARGV[2]}, ' '))
            local state = redis.call('HMGET', KEYS[1], 'since', 'leader', 'until')
            -- Another server's clock may be behind.
            if now < tonumber(state[1]) then
                redis.call('HSET', KEYS[1], 'since', now)
                state[1] = now
            end
            if now - tonumber(state[1]) < tonumber(ARGV[5]) then return {'waiting'} end
            local leader, term = state[2], tonumber(ARGV[6])
            if leader ~= '' and (now >= tonumber(state[3]) or now + term < tonumber(state[3])) then
                -- Its term is over and nothing has come of it.
                if leader ~= ARGV[1] then redis.call('HDEL', KEYS[2], leader) end
                leader = ''
            end
            if leader == '' then
                local claims = redis.call('HGETALL', KEYS[2])
                local farthest = -1
                for index = 1, #claims, 2 do
                    local sequence = tonumber(string.match(claims[index + 1], '^%d+'))
                    if sequence > farthest or (sequence == farthest and claims[index] < leader) then
                        leader, farthest = claims[index], sequence
                    end
                end
                redis.call('HSET', KEYS[1], 'leader', leader, 'fence', '',
                    'until', string.format('%.0f', now + term))
            end
            if leader ~= ARGV[1] then return {'waiting'} end
            redis.call('HSET', KEYS[1], 'fence', ARGV[9])
            -- What another restoration has filled is none of this one's.
            redis.call('HDEL', KEYS[1], 'pieces')
            return {'elected', unpack(redis.call('HGETALL', KEYS[2]))}
            """
    )

    /// All goes; what the new log begins with comes in pieces after it. Each has its number: one
    /// that a failover has lost is not left out.
    static let clear = RedisScript(
        """
        -- KEYS meta log heads keys
        -- ARGV fence
        local meta = redis.call('HMGET', KEYS[1], 'fence', 'state')
        if meta[1] ~= ARGV[1] or meta[2] ~= 'lost' then return 0 end
        redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
        redis.call('HSET', KEYS[1], 'pieces', 0)
        return 1
        """
    )

    static let fill = RedisScript(
        """
        -- KEYS meta log heads keys
        -- ARGV fence pieces-before pairs-of-heads, then topic offset …,
        --      then sequence message key-count key… …
        local meta = redis.call('HMGET', KEYS[1], 'fence', 'pieces', 'state')
        if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] or meta[3] ~= 'lost' then return 0 end
        redis.call('HINCRBY', KEYS[1], 'pieces', 1)
        local index = 4
        for _ = 1, tonumber(ARGV[3]) do
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
        -- ARGV fence pieces epoch sequence id first channel publish-command
        local meta = redis.call('HMGET', KEYS[1], 'fence', 'pieces', 'state')
        if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] or meta[3] ~= 'lost' then return 0 end
        redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'sequence', ARGV[4], 'entry', ARGV[5],
            'first', ARGV[6], 'state', 'live')
        redis.call('HDEL', KEYS[1], 'leader', 'until', 'since', 'fence', 'pieces')
        redis.call('DEL', KEYS[2])
        redis.call(ARGV[8], ARGV[7], 'turned')
        return 1
        """
    )
}
