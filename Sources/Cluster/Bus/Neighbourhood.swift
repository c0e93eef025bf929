import Hub

/// Which other nodes are counted on, by what the registry says and by what is heard of them.
///
/// A node that the registry no longer knows is given a moment: after Redis was away or lost all,
/// the nodes' leases are not renewed at one time.
struct Neighbourhood {
    private struct Standing {
        var name: String?
        /// Since when the registry does not know it.
        var missingSince: ContinuousClock.Instant?
    }

    private let patience: Duration
    private var standings: [PeerID: Standing] = [:]

    init(patience: Duration) {
        self.patience = patience
    }

    /// Those that the registry knows.
    var alive: Set<PeerID> {
        Set(standings.filter { $0.value.missingSince == nil }.keys)
    }

    /// A node is heard of, which may be before the registry knows it.
    mutating func hear(_ peer: PeerID, at now: ContinuousClock.Instant) {
        guard standings[peer] == nil else { return }
        standings[peer] = Standing(missingSince: now)
    }

    /// Takes in what the registry says, and gives those that are gone by it.
    ///
    /// - Parameter asOf: When all that were alive were in it. While Redis is away, and for a while
    ///   after, that can't be said, and nobody is missed for longer. One that was heard of since is
    ///   not missed by what was said before.
    mutating func learn(
        _ nodes: [PeerID: String],
        asOf: ContinuousClock.Instant?,
        at now: ContinuousClock.Instant
    ) -> [PeerID] {
        for (peer, name) in nodes { standings[peer] = Standing(name: name) }
        let names = Set(nodes.values)
        var gone: [PeerID] = []
        for (peer, standing) in standings where nodes[peer] == nil {
            let since = asOf == nil ? now : standing.missingSince ?? now
            standings[peer]?.missingSince = since
            // A name has one process: where another has it, this one is dead.
            let isReplaced = standing.name.map { names.contains($0) } ?? false
            let isMissed = now - since >= patience && asOf.map { $0 > since } ?? false
            guard isReplaced || isMissed else { continue }
            standings[peer] = nil
            gone.append(peer)
        }
        return gone
    }
}
