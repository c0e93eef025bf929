import Glibc
import Hub
import Logging
import Synchronization

/// One per node: says again and again that this node is alive, and hears who else is.
///
/// A node holds a lease in Redis, by Redis's clock. Whose lease has run out is dead to the others,
/// who let go of whatever was only on that node.
package actor NodeRegistry {
    package struct Settings: Sendable {
        package var prefix = "martlet"
        package var lease: Duration = .seconds(8)
        package var heartbeat: Duration = .seconds(2)

        package init() {}
    }

    /// What changed among the nodes.
    package struct Change: Sendable {
        package let came: [Neighbour]
        package let went: [Neighbour]
    }

    /// What Redis has said.
    private struct Knowledge {
        var nodes: [Neighbour] = []
        /// Since when it has answered without a pause, and when it was last asked what it answered.
        var answers: (since: ContinuousClock.Instant, last: ContinuousClock.Instant)?
    }

    /// What a record's id has room for.
    private static let numbers: Range<Int64> = 0..<1024

    package nonisolated let name: NodeName
    package nonisolated let incarnation: String
    private let client: RedisClient
    private let settings: Settings
    private let address: String
    private let logger: Logger
    private let onChange: @Sendable (Change) -> Void
    private let onNumber: @Sendable (Int) -> Void
    private var number: Int?
    private nonisolated let known = Mutex(Knowledge())
    private nonisolated let clock = Mutex<Duration>(.zero)

    package init(
        _ name: NodeName,
        address: String,
        client: RedisClient,
        settings: Settings = Settings(),
        logger: Logger,
        onChange: @escaping @Sendable (Change) -> Void,
        onNumber: @escaping @Sendable (Int) -> Void
    ) {
        self.name = name
        self.address = address
        self.client = client
        self.settings = settings
        self.logger = logger
        self.onChange = onChange
        self.onNumber = onNumber
        incarnation = EntryMessage.hexadecimal(.random(in: 1 ... .max))
    }

    /// All nodes that are alive, this one included.
    package nonisolated var nodes: [Neighbour] { known.withLock(\.nodes) }

    /// The same, and the moment as of which all who were alive are among them. Nil while Redis is
    /// away, and until the leases that ran out meanwhile could be renewed.
    package nonisolated var census: (nodes: [Neighbour], asOf: ContinuousClock.Instant?) {
        known.withLock { ($0.nodes, asOf($0)) }
    }

    private nonisolated func asOf(_ known: Knowledge) -> ContinuousClock.Instant? {
        guard let (since, last) = known.answers, ContinuousClock.now - last <= pauseMaximum,
            last - since >= settings.lease
        else { return nil }
        return last
    }

    /// Between two answers of a Redis that is there.
    private nonisolated var pauseMaximum: Duration { settings.heartbeat * 2 }

    /// How far Redis's clock is ahead of this machine's.
    package nonisolated var clockOffset: Duration { clock.withLock(\.self) }

    /// Takes the name, and a number for the node's record ids. A process that had the name before
    /// loses it.
    package func enter() async throws(RedisError) {
        guard try await renew(isFirst: true) else {
            throw .unavailable("no number is free for another node")
        }
    }

    /// Renews the lease until the task is cancelled, or another process has taken the name: then it
    /// answers true.
    package func run() async -> Bool {
        while !Task.isCancelled {
            try? await Task.sleep(for: settings.heartbeat)
            do throws(RedisError) {
                if try await !renew(isFirst: false) { return !Task.isCancelled }
            } catch {
                logger.debug("The node's lease was not renewed", metadata: ["error": "\(error)"])
            }
        }
        return false
    }

    /// Gives the name back, so that the others need not wait for the lease to run out.
    package func leave() async {
        _ = try? await client.run(
            Self.leaving,
            keys: keys,
            arguments: [Array(name.description.utf8), Array(incarnation.utf8)]
        )
    }

    private var keys: [[UInt8]] {
        ["leases", "nodes", "numbers"].map { Array("\(settings.prefix):{nodes}:\($0)".utf8) }
    }

    /// False when the name is another's.
    private func renew(isFirst: Bool) async throws(RedisError) -> Bool {
        let before = Self.milliseconds()
        let asked = ContinuousClock.now
        let answer = try await client.run(
            Self.renewing,
            keys: keys,
            arguments: [
                Array(name.description.utf8), Array(incarnation.utf8), Array(address.utf8),
                Array(String(settings.lease.milliseconds).utf8), Array((isFirst ? "1" : "0").utf8),
                Array((number.map { String($0) } ?? "").utf8),
            ]
        )
        guard let told = try Self.renewal(answer) else { return false }
        if number != told.number {
            number = told.number
            onNumber(told.number)
        }
        // The middle of the way there and back.
        let middle = before + (Self.milliseconds() - before) / 2
        clock.withLock { $0 = .milliseconds(told.time - middle) }
        learn(told.nodes, askedAt: asked)
        return true
    }

    /// The node's number, Redis's clock, and three texts a node; nil when the name is another's. A
    /// node ends for that, and for nothing else that Redis may say.
    static func renewal(
        _ answer: RedisValue
    ) throws(RedisError) -> (number: Int, time: Int64, nodes: [String])? {
        if answer == .array([.integer(-1)]) { return nil }
        guard let values = answer.array, values.count >= 2,
            let number = values[0].integer, numbers.contains(number),
            let time = values[1].integer, RecordBytes.times.contains(time)
        else { throw .unavailable("it gave an answer about the nodes that is none") }
        return (Int(number), time, values.dropFirst(2).compactMap(\.text))
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Three texts a node.
    private func learn(_ texts: [String], askedAt asked: ContinuousClock.Instant) {
        var alive = stride(from: 0, to: texts.count - texts.count % 3, by: 3).map {
            Neighbour(name: texts[$0], incarnation: texts[$0 + 1], address: texts[$0 + 2])
        }
        let before = known.withLock { known in
            let before = known.nodes
            let since = known.answers.map { asked - $0.last > pauseMaximum ? asked : $0.since }
            known.answers = (since ?? asked, asked)
            if asOf(known) == nil {
                let names = Set(alive.map(\.name))
                alive += before.filter { !names.contains($0.name) }
            }
            known.nodes = alive
            return before
        }
        let came = alive.filter { !before.contains($0) && $0.incarnation != incarnation }
        let went = before.filter { !alive.contains($0) && $0.incarnation != incarnation }
        guard !came.isEmpty || !went.isEmpty else { return }
        for node in came {
            logger.notice("A node is there", metadata: ["node": "\(node.name)"])
        }
        for node in went {
            logger.notice("A node is gone", metadata: ["node": "\(node.name)"])
        }
        onChange(Change(came: came, went: went))
    }

    /// A number stays a name's for a day after its lease, so that ids of the same millisecond
    /// can't meet.
    private static let renewing = RedisScript(
        """
        -- KEYS leases nodes numbers
        -- ARGV name incarnation address lease-ms is-first number
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        local held = redis.call('HGET', KEYS[2], ARGV[1])
        if ARGV[5] == '0' and held and string.match(held, '^%S+') ~= ARGV[2] then return {-1} end
        local number = redis.call('HGET', KEYS[3], ARGV[1])
        if not number then
            for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - 86400000)) do
                redis.call('ZREM', KEYS[1], old)
                redis.call('HDEL', KEYS[2], old)
                redis.call('HDEL', KEYS[3], old)
            end
            local taken = {}
            for _, each in ipairs(redis.call('HVALS', KEYS[3])) do taken[each] = true end
            -- The one that it had before all was lost.
            if ARGV[6] ~= '' and not taken[ARGV[6]] then number = ARGV[6] end
            for candidate = 0, number and -1 or 1023 do
                if not taken[tostring(candidate)] then
                    number = tostring(candidate)
                    break
                end
            end
            if not number then return {-1} end
            redis.call('HSET', KEYS[3], ARGV[1], number)
        end
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
        redis.call('ZADD', KEYS[1], string.format('%.0f', now + tonumber(ARGV[4])), ARGV[1])
        local answer = {tonumber(number), now}
        for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do
            local about = redis.call('HGET', KEYS[2], name)
            if about then
                local incarnation, address = string.match(about, '^(%S+) (.*)$')
                answer[#answer + 1] = name
                answer[#answer + 1] = incarnation
                answer[#answer + 1] = address
            end
        end
        return answer
        """
    )

    private static let leaving = RedisScript(
        """
        -- KEYS leases nodes numbers
        -- ARGV name incarnation
        local held = redis.call('HGET', KEYS[2], ARGV[1])
        if not held or string.match(held, '^%S+') ~= ARGV[2] then return 0 end
        redis.call('ZADD', KEYS[1], 0, ARGV[1])
        redis.call('HDEL', KEYS[2], ARGV[1])
        return 1
        """
    )
}
