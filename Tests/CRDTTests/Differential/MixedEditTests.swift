import Testing

/// Edits of our own must mean to others what they mean to us.
@Suite("Our edits among those of others")
struct MixedEditTests {
    @Test(
        "Our server's edits read alike everywhere",
        arguments: [[Peer.Kind.yjs], [.pycrdt], [.yjs, .pycrdt]]
    )
    func mixed(_ kinds: [Peer.Kind]) async throws {
        let count = try await onOwnThread {
            let peers = try kinds.map { try Peer($0) }
            let seeds = DifferentialSeed.cases(kinds.count == 2 ? 150 : 200, salt: 2)
            for (number, seed) in seeds.enumerated() {
                var mixed = MixedCase(seed: seed, peers: peers)
                if let problem = try mixed.run() {
                    Issue.record("\(problem)")
                    return number
                }
            }
            return seeds.count
        }
        print("our edits among those of \(kinds): \(count) cases")
    }
}
