import Hub
import Synchronization

/// Notes what a topic tells the other nodes.
final class RecordingPeers: Peers {
    private let state: Mutex<(told: [(message: PeerMessage, topic: TopicID)], others: Set<PeerID>)>

    init(reachable: Set<PeerID> = []) {
        state = Mutex(([], reachable))
    }

    var reachable: Set<PeerID> { state.withLock { $0.others } }

    func tell(_ message: PeerMessage, of topic: TopicID) {
        state.withLock { $0.told.append((message, topic)) }
    }

    var told: [(message: PeerMessage, topic: TopicID)] { state.withLock { $0.told } }

    var shown: [Ephemeral] {
        told.compactMap { if case .shown(let ephemeral) = $0.message { ephemeral } else { nil } }
    }

    var shares: [PresenceShare] {
        told.compactMap { if case .presence(let share) = $0.message { share } else { nil } }
    }

    var awareness: [AwarenessUpdate] {
        told.compactMap { if case .awareness(let news, _) = $0.message { news } else { nil } }
    }

    var questions: Int {
        told.count { if case .question = $0.message { true } else { false } }
    }

    var pulses: [UInt64] {
        told.compactMap { if case .pulse(let revision) = $0.message { revision } else { nil } }
    }
}
