import Hub
import Synchronization

/// What the clients of a simulation were promised.
final class Ledger: Sendable {
    struct Key: Hashable {
        let key: String
        let author: String
        let topic: TopicID
    }

    private struct State {
        var lastID: Int64 = 0
        var lastKey = 0
        var keys: [Key] = []
        var records: [(RecordID, TopicID)] = []
    }

    private let state = Mutex(State())

    func nextID() -> RecordID {
        state.withLock { state in
            state.lastID += 1
            return RecordID(state.lastID)
        }
    }

    func nextKey() -> String {
        state.withLock { state in
            state.lastKey += 1
            return "key\(state.lastKey)"
        }
    }

    func acknowledge(_ key: String, by author: String, in topic: TopicID) {
        state.withLock { $0.keys.append(Key(key: key, author: author, topic: topic)) }
    }

    func acknowledge(_ id: RecordID, in topic: TopicID) {
        state.withLock { $0.records.append((id, topic)) }
    }

    var keys: [Key] { state.withLock(\.keys) }
    var records: [(RecordID, TopicID)] { state.withLock(\.records) }

    func anyKey(_ executor: SeededExecutor) -> (String, String, TopicID)? {
        let keys = keys
        guard !keys.isEmpty else { return nil }
        let one = keys[Int(executor.random(0...Int64(keys.count - 1)))]
        return (one.key, one.author, one.topic)
    }
}
