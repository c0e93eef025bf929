import Hub
import Logging

/// The shared log in Redis: one stream per partition, and scripts that number, check and publish in
/// one step.
package final class RedisLog: SharedLog {
    package struct Settings: Sendable {
        /// What all keys and channels begin with: several hubs may share a Redis.
        package var prefix = "martlet"
        /// Entries that a partition's stream keeps for nodes that were away.
        package var entriesKept = 20_000
        /// How long nodes may claim before one of them is elected.
        package var claimWindow: Duration = .seconds(1)
        /// How long the elected one has.
        package var term: Duration = .seconds(15)
        /// How long who is first in line at a topic has for its append.
        package var turn: Duration = .milliseconds(250)

        package init() {}
    }

    let client: RedisClient
    let settings: Settings
    let logger: Logger
    let keys: [LogKeys]

    package init(_ client: RedisClient, settings: Settings = Settings(), logger: Logger) {
        self.client = client
        self.settings = settings
        self.logger = logger
        keys = Partition.all.map { LogKeys($0, prefix: settings.prefix) }
    }

    package func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict {
        let keys = keys[proposal.partition.number]
        let command = try publishing()
        var arguments: [[UInt8]] = [
            bytes(proposal.bookmark.epoch), bytes(proposal.bookmark.sequence),
            Array(EntryMessage.hexadecimal(proposal.bookmark.entry).utf8),
            Array(EntryMessage.hexadecimal(proposal.id).utf8),
            Array(proposal.topic.text.utf8),
            proposal.expecting.map { bytes($0) } ?? [],
            bytes(proposal.drafts.count),
            RecordBytes.encode(proposal.drafts),
            bytes(settings.entriesKept), keys.news, command, Array(proposal.node.utf8),
            bytes(settings.turn.milliseconds),
        ]
        var indices: [[UInt8]: [Int]] = [:]
        for (index, draft) in proposal.drafts.enumerated() {
            let names = Self.names(
                draft.id,
                draft.key,
                by: draft.author,
                in: proposal.topic,
                isReturn: proposal.isReturn
            )
            for name in names {
                arguments.append(name)
                indices[name, default: []].append(index)
            }
        }
        let answer = try await run(
            LogScripts.append,
            [keys.meta, keys.log, keys.heads, keys.keys, keys.lines],
            arguments
        )
        switch answer.first?.text {
        case "stored":
            guard let sequence = number(answer, 1), let first = number(answer, 2) else { break }
            return .stored(sequence: sequence, first: first)
        case "conflict":
            guard let sequence = number(answer, 1), let head = number(answer, 2),
                let ahead = number(answer, 3)
            else { break }
            return .conflict(head: head, sequence: sequence, ahead: Int(clamping: ahead))
        case "repeated":
            guard let sequence = number(answer, 1) else { break }
            let names = answer.dropFirst(2).compactMap(\.bytes)
            let repeated = Set(names.flatMap { indices[$0] ?? [] })
            return .repeated(repeated.sorted(), sequence: sequence)
        case "elsewhere": return .elsewhere
        default: break
        }
        throw .uncertain("Redis gave an answer that is none: \(answer)")
    }

    package func leave(_ topic: TopicID, _ node: String) async throws(SharedLogError) {
        let keys = keys[Partition(of: topic).number]
        _ = try await run(
            LogScripts.leave,
            [keys.lines],
            [Array(topic.text.utf8), Array(node.utf8), bytes(settings.turn.milliseconds)]
        )
    }

    package func read(
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(SharedLogError) -> [LoggedEntry] {
        let key = keys[partition.number].log
        let answer = try await ask(
            RedisCommand(
                [
                    Array("XRANGE".utf8), key, Array("(\(sequence)-0".utf8), Array("+".utf8),
                    Array("COUNT".utf8), bytes(limit),
                ],
                key: key
            )
        )
        return (answer.array ?? []).compactMap { item in
            guard let fields = item.array?.last?.array, fields.count >= 2,
                let message = fields[1].bytes
            else { return nil }
            return EntryMessage.decode(message)
        }
    }

    package func place(of partition: Partition) async throws(SharedLogError) -> LogPlace? {
        let key = keys[partition.number].meta
        let fields = ["epoch", "sequence", "entry", "first", "state"].map { Array($0.utf8) }
        let answer = try await ask(
            RedisCommand([Array("HMGET".utf8), key] + fields, key: key)
        )
        guard let values = answer.array, values.count == 5, let state = values[4].text else {
            return nil
        }
        let place = self.place(values)
        // A log that was never opened is as good as none.
        return place.map { found in
            var found = found
            found.isLive = state == "live"
            return found
        }
    }

    package func follow(
        _ partitions: [Partition],
        _ handler: @escaping @Sendable (LogNews) -> Void
    ) {
        var channels: [[UInt8]: Partition] = [:]
        for partition in partitions { channels[keys[partition.number].news] = partition }
        let logger = logger
        client.subscribe(to: Array(channels.keys)) { [channels] push in
            switch push {
            case .subscribed(let channel):
                if let partition = channels[channel] { handler(.attached(partition)) }
            case .message(let channel, let bytes):
                guard let partition = channels[channel] else { return }
                if let entry = EntryMessage.decode(bytes) {
                    handler(.entry(partition, entry))
                } else {
                    // Whatever it is, the log itself tells what it says.
                    if bytes != EntryMessage.turned {
                        logger.warning("An unreadable entry was published in \(partition).")
                    }
                    handler(.turned(partition))
                }
            case .interrupted: break
            }
        }
    }

    /// What a record must be the only one of among all authors' and topics': its key, and its id if
    /// it was in a log before.
    static func names(
        _ id: RecordID,
        _ key: String?,
        by author: String,
        in topic: TopicID,
        isReturn: Bool
    ) -> [[UInt8]] {
        var names: [[UInt8]] = []
        if let key { names.append(Array("\(topic.text)\0\(author)\0\(key)".utf8)) }
        if isReturn { names.append(Array("\(topic.text)\0\0\(id)".utf8)) }
        return names
    }
}
