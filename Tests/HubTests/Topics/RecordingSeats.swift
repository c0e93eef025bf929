import Hub
import Synchronization

/// Notes what a topic gives its members on one lane.
final class RecordingSeats: Seats {
    struct Notes {
        var records: [Record] = []
        var ephemeral: [Ephemeral] = []
        var expelled: [(connections: [ConnectionID], reason: String)] = []
        var turns: [Position] = []
        /// States by whether they were for members that conflate.
        var states: [(isConflated: Bool, state: Ephemeral)] = []
        var encodings = 0
    }

    private let state = Mutex(Notes())

    var notes: Notes { state.withLock { $0 } }

    func broadcast(_ emission: Emission) {
        state.withLock { notes in
            if case .turn(let position, _) = emission.content { notes.turns.append(position) }
            if case .state(let state, let isConflated) = emission.content {
                notes.states.append((isConflated, state))
            }
            notes.encodings += emission.frames.count
            for frame in emission.frames.values {
                if let records = frame as? [Record] { notes.records += records }
                if let ephemeral = frame as? Ephemeral { notes.ephemeral.append(ephemeral) }
            }
        }
    }

    func expel(_ connections: [ConnectionID], from topic: TopicID, reason: String) {
        state.withLock { $0.expelled.append((connections, reason)) }
    }
}

/// A dialect whose frames are the events themselves.
struct PlainDialect: Dialect {
    var id: Int { 7 }

    func encode(_ records: [Record], of topic: TopicID, epoch: Epoch) -> any Sendable { records }

    func encode(_ ephemeral: Ephemeral, of topic: TopicID) -> any Sendable { ephemeral }
}
