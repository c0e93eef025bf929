import Hub
import Logging
import Reactor
import Synchronization

/// A board in Redis where all nodes read what each of them must know until some time: lines that
/// are only ever added, and expire.
///
/// What a node knows and the board lacks it puts there, and the other way round: so it is learnt by
/// nodes that were away or are new, and is there again after Redis has lost it.
package final class Bulletin: Sendable {
    package struct Line: Hashable, Sendable {
        package let text: [UInt8]
        package let expires: Timestamp

        package init(text: [UInt8], expires: Timestamp) {
            self.text = text
            self.expires = expires
        }
    }

    /// Where the lines of a node come from, and where those of others go.
    package struct Source: Sendable {
        let lines: @Sendable () -> [Line]
        let learn: @Sendable ([[UInt8]]) -> Void

        package init(
            lines: @escaping @Sendable () -> [Line],
            learn: @escaping @Sendable ([[UInt8]]) -> Void
        ) {
            self.lines = lines
            self.learn = learn
        }
    }

    /// What a board holds. Policy: past it nothing is added, and the log says so.
    private static let linesMaximum = 50_000
    /// Between two looks without news.
    private static let period: Duration = .seconds(3)

    private struct Known {
        var version: [UInt8] = []
        var lines: Set<[UInt8]> = []
    }

    private let client: RedisClient
    private let keys: [[UInt8]]
    private let channel: [UInt8]
    private let source: Source
    private let logger: Logger
    private let known = Mutex(Known())
    private let news: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    package init(
        _ name: String,
        client: RedisClient,
        prefix: String,
        logger: Logger,
        source: Source
    ) {
        self.client = client
        self.logger = logger
        self.source = source
        keys = ["lines", "version"].map { Array("\(prefix):{\(name)}:\($0)".utf8) }
        channel = Array("\(prefix):{\(name)}:news".utf8)
        (news, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// This node has a line more. Callable from any thread.
    package func post() { wake.yield() }

    /// Reads and writes the board until the task is cancelled.
    package func run() async {
        let subscription = client.subscribe(to: [channel]) { [wake] push in
            if case .interrupted = push { return }
            wake.yield()
        }
        lookLater()
        for await _ in news { await look() }
        client.unsubscribe(subscription)
    }

    private func lookLater() {
        client.loop.submit(after: Self.period) { [weak self] in
            self?.wake.yield()
            self?.lookLater()
        }
    }

    /// Once there and back. What fails is done with the next look.
    package func look() async {
        do throws(RedisError) {
            try await read()
            try await write()
        } catch {
            logger.debug("A bulletin was not read", metadata: ["error": "\(error)"])
        }
    }

    private func read() async throws(RedisError) {
        let version = known.withLock { $0.version }
        let answer = try await client.run(Self.reading, keys: keys, arguments: [version])
        guard let values = answer.array, let current = values.first?.bytes else { return }
        guard current != version || current.isEmpty else { return }
        let lines = Set(values.dropFirst().compactMap(\.bytes))
        let added = known.withLock { known in
            defer { known = Known(version: current, lines: lines) }
            return lines.subtracting(known.lines)
        }
        if !added.isEmpty { source.learn(Array(added)) }
    }

    private func write() async throws(RedisError) {
        let there = known.withLock { $0.lines }
        let missing = source.lines().filter { !there.contains($0.text) }
        guard !missing.isEmpty, let command = client.publishCommand else { return }
        var arguments = [Array(command.utf8), channel, Array(String(Self.linesMaximum).utf8)]
        for line in missing {
            arguments += [Array(String(line.expires.milliseconds).utf8), line.text]
        }
        let answer = try await client.run(Self.writing, keys: keys, arguments: arguments)
        guard answer.integer != 0 else {
            logger.error("A bulletin is full: the other nodes are not told.")
            return
        }
        known.withLock { $0.lines.formUnion(missing.map(\.text)) }
    }

    private static let reading = RedisScript(
        """
        -- KEYS lines version
        -- ARGV version
        local version = redis.call('GET', KEYS[2]) or ''
        if version == ARGV[1] and version ~= '' then return {version} end
        local answer = redis.call('ZRANGE', KEYS[1], 0, -1)
        table.insert(answer, 1, version)
        return answer
        """
    )

    private static let writing = RedisScript(
        """
        -- KEYS lines version
        -- ARGV publish channel most, and for each line: expires text
        local time = redis.call('TIME')
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(time[1]) * 1000)
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
        for index = 4, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[index], ARGV[index + 1]) end
        redis.call('SET', KEYS[2], time[1] .. '.' .. time[2])
        redis.call(ARGV[1], ARGV[2], 'lines')
        return 1
        """
    )
}
