import Foundation
import Hub
import Storage
import Synchronization

/// The same records in SQLite and in the model in memory, so that their answers can be compared.
final class Twins: Sendable {
    static let epoch = Epoch(41)

    let scratch: Scratch
    let store: Store
    let model: InMemoryChatArchive
    private let clock: ManualTime

    init() throws {
        let clock = ManualTime()
        scratch = try Scratch()
        store = try Store.open(
            directory: scratch.path("data"),
            durability: .os,
            now: { clock.now }
        )
        model = InMemoryChatArchive(epoch: Self.epoch) { clock.now }
        self.clock = clock
    }

    /// Gives the topics the epoch that the model has for all.
    func adopt(_ topics: [TopicID]) async throws {
        var lines = [#"{"martlet":"export","version":1}"#]
        lines += topics.map { #"{"topic":"\#($0)","epoch":"\#(Self.epoch)","records":0}"# }
        var rest = lines[...]
        _ = try await store.importRecords { rest.popFirst().map { Array($0.utf8) } }
    }

    func append(_ drafts: [Draft], to topic: TopicID) async throws {
        model.absorb(try await store.journal.append(drafts, to: topic, expecting: nil), of: topic)
    }

    func set(_ time: Timestamp) { clock.set(time) }
}

/// A clock that stands until it is set.
final class ManualTime: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 0))

    var now: Timestamp { time.withLock { $0 } }

    func set(_ time: Timestamp) { self.time.withLock { $0 = time } }
}
