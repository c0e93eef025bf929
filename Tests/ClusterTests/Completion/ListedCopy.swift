import Hub
import Synchronization

@testable import Cluster

/// A copy of one topic as a list of records, and a node that gives it.
final class ListedCopy: ReplicaExchange, CopySource {
    struct State {
        var records: [Record]
        var bookmark: Bookmark?
        var epochs: [Epoch] = []
        var questions = 0
    }

    private let topic: TopicID
    private let state: Mutex<State>

    init(_ topic: TopicID, _ numbers: [Int], _ bookmark: Bookmark?) {
        self.topic = topic
        let records = numbers.enumerated().map { index, number in
            Record(
                id: RecordID(Int64(number)),
                offset: Offset(index + 1),
                author: "ada",
                at: Timestamp(milliseconds: Int64(number)),
                key: nil,
                type: "x",
                payload: [UInt8(ascii: "1")]
            )
        }
        state = Mutex(State(records: records, bookmark: bookmark))
    }

    var snapshot: State { state.withLock(\.self) }

    /// The epochs that the next outlines tell.
    func turn(to epochs: [Epoch]) { state.withLock { $0.epochs = epochs } }

    func outline(of partition: Partition) async -> PartitionOutline? {
        state.withLock { state in
            guard var bookmark = state.bookmark else { return nil }
            if !state.epochs.isEmpty { bookmark.epoch = state.epochs.removeFirst() }
            let extent = TopicExtent(
                topic: topic,
                head: Offset(state.records.count),
                trimmed: 0,
                former: [:]
            )
            return PartitionOutline(
                bookmark: bookmark,
                topics: state.records.isEmpty ? [] : [extent]
            )
        }
    }

    func part(of topic: TopicID, after: Offset) async throws(JournalError) -> TopicPart {
        page(after)
    }

    func part(of topic: TopicID, after: Offset) async -> TopicPart? { page(after) }

    private func page(_ after: Offset) -> TopicPart {
        state.withLock { state in
            state.questions += 1
            let records = state.records.dropFirst(Int(after)).prefix(10)
            return TopicPart(topic: topic, kept: after, records: Array(records))
        }
    }

    func open(_ partition: Partition) async { state.withLock { $0.bookmark = .partial } }

    func take(_ part: TopicPart) async -> [Record] {
        state.withLock { state in
            let strays = Array(state.records.dropFirst(Int(part.kept)))
            state.records.removeLast(strays.count)
            state.records += part.records
            return strays
        }
    }

    func complete(_ partition: Partition, as outline: PartitionOutline) async {
        state.withLock { $0.bookmark = outline.bookmark }
    }
}
