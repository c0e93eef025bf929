/// How far a topic and the other nodes know of each other's members.
struct Sharing: Sendable {
    /// Of the share that was last told; 0 when there was none.
    private(set) var revision: UInt64 = 0
    /// Users whose presence here has changed since.
    var untold: Set<String> = []
    var isTelling = false
    var isPulsing = false
    /// The newest revision of each node's share that is known here.
    var known: [PeerID: UInt64] = [:]
    /// Whether all nodes were asked since the topic was loaded.
    var hasAsked = false
    /// Who has not answered yet.
    var awaited: Set<PeerID> = []
    /// The one who waits for the answers.
    var waiting: CheckedContinuation<Void, Never>?
    /// Whether a question is about to be put, or was a moment ago.
    var isAsking = false

    /// The number of the next share. Of a topic that was retired and is loaded again they go on
    /// above the former ones, because time does.
    mutating func advance(at time: Timestamp) -> (previous: UInt64?, revision: UInt64) {
        let previous = revision
        guard previous > 0 else {
            revision = UInt64(max(1, time.milliseconds)) << 20
            return (nil, revision)
        }
        revision = previous &+ 1
        return (previous, revision)
    }

    mutating func answered(_ peer: PeerID) {
        guard awaited.remove(peer) != nil, awaited.isEmpty else { return }
        endWaiting()
    }

    mutating func endWaiting() {
        awaited = []
        waiting?.resume()
        waiting = nil
    }
}
