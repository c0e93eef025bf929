/// Nodes that decide on one topic at once stand in line at it: without, the quickest would always
/// be first, and what the others decide would be thrown away again and again.
extension LogScripts {
    /// A topic's line is `until node node …`: until then only the first of them may append what
    /// rests on the topic's head. Who is refused takes the last place; who has stored something
    /// goes, and so does who lets its time pass.
    static let lines = """
        local function stored(lines, topic, line)
            if #line.nodes == 0 then
                if line.wasTold then redis.call('HDEL', lines, topic) end
                return
            end
            redis.call('HSET', lines, topic,
                string.format('%.0f ', line.ends) .. table.concat(line.nodes, ' '))
            redis.call('PEXPIRE', lines, 60000)
        end

        local function lineAt(lines, topic, term)
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local line = {nodes = {}, ends = 0, next = now + term}
            local told = redis.call('HGET', lines, topic)
            if not told then return line end
            line.wasTold = true
            for word in string.gmatch(told, '%S+') do line.nodes[#line.nodes + 1] = word end
            line.ends = tonumber(table.remove(line.nodes, 1))
            if now >= line.ends or line.next < line.ends then
                table.remove(line.nodes, 1)
                line.ends = line.next
            end
            return line
        end

        local function placeIn(line, node)
            for index, name in ipairs(line.nodes) do
                if name == node then return index end
            end
            line.nodes[#line.nodes + 1] = node
            if #line.nodes == 1 then line.ends = line.next end
            return #line.nodes
        end

        """

    static let leave = RedisScript(
        lines + """
            -- KEYS lines
            -- ARGV topic node term-ms
            local line = lineAt(KEYS[1], ARGV[1], tonumber(ARGV[3]))
            for index, name in ipairs(line.nodes) do
                if name == ARGV[2] then
                    table.remove(line.nodes, index)
                    if index == 1 then line.ends = line.next end
                    break
                end
            end
            stored(KEYS[1], ARGV[1], line)
            return 1
            """
    )
}
