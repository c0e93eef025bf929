import CRDT

/// Our server and clients of other implementations edit the same document in turn. Each knows only
/// the updates that have reached it.
struct MixedCase {
    private struct Replica {
        let peer: Peer?
        let client: UInt64
        var received: [[UInt8]] = []
        /// Ours alone lives on; the others are made anew of what they have received.
        var document = YDocument()
    }

    let seed: UInt64
    private let precision: Canonical.Precision
    private var dice: CaseDice
    private var maker: EditMaker
    private var replicas: [Replica]
    private var updates: [[UInt8]] = []
    private var steps: [String] = []

    init(seed: UInt64, peers: [Peer]) {
        self.seed = seed
        dice = CaseDice(seed)
        let isForYjs = peers.allSatisfy { $0.kind == .yjs }
        precision = isForYjs ? .exact : .python
        maker = EditMaker(dice: CaseDice(dice.next()), isForYjs: isForYjs)
        let first = 1 + dice.next() % 0xFFFF
        let others: [Peer?] = [nil] + peers.map { $0 }
        replicas = others.shuffled(using: &dice).enumerated().map { number, peer in
            Replica(peer: peer, client: first + UInt64(number))
        }
    }

    /// What is wrong, or nil.
    mutating func run() throws -> String? {
        for _ in 0..<(3 + dice.below(6)) {
            let who = dice.below(replicas.count)
            try receive(who)
            try edit(who)
        }
        return try differenceAtTheEnd()
    }

    private func problem(_ sentence: String) -> String {
        """
        \(sentence)
        seed \(DifferentialSeed.value), mixed case \(seed), clients \
        \(replicas.map { "\($0.client): \($0.peer.map { "\($0.kind)" } ?? "ours")" })
        steps: \(steps.joined(separator: "\n       "))
        updates: \(updates.map { Canonical.hex(of: $0) })
        """
    }

    private mutating func receive(_ who: Int) throws {
        for update in updates.shuffled(using: &dice) where !dice.isOne(in: 3) {
            guard !replicas[who].received.contains(update) else { continue }
            replicas[who].received.append(update)
            if replicas[who].peer == nil {
                replicas[who].document.apply(try YUpdate(v1: update))
            }
        }
    }

    private mutating func edit(_ who: Int) throws {
        let edits = maker.edits(3)
        let replica = replicas[who]
        steps.append("\(replica.client) " + ScriptJSON.list(edits.map(\.json)))
        guard let peer = replica.peer else {
            for edit in edits {
                let made = try edit.perform(on: replica.document, client: replica.client)
                if let made {
                    updates.append(made)
                    replicas[who].received.append(made)
                }
            }
            return
        }
        let known = ScriptJSON.list(replica.received.map(ScriptJSON.base64))
        let answer = try peer.ask([
            """
            {"do":"edit","client":\(replica.client),"gc":\(dice.isOne(in: 2)),\
            "updates":\(known),"edits":\(ScriptJSON.list(edits.map(\.json)))}
            """
        ])[0]
        if let error = answer.error { throw PeerFailure(problem("\(peer.kind) failed: \(error)")) }
        if let made = answer.update {
            updates.append([UInt8](made))
            replicas[who].received.append([UInt8](made))
        }
    }

    private mutating func differenceAtTheEnd() throws -> String? {
        let document = YDocument()
        for update in updates.shuffled(using: &dice) {
            let update = try YUpdate(v1: update)
            try document.validate(update)
            document.apply(update)
        }
        let reading = document.canonicalReading(precision)
        for replica in replicas {
            guard let peer = replica.peer else {
                let ours = replica.document
                for update in updates { ours.apply(try YUpdate(v1: update)) }
                if let difference = ours.canonicalReading(precision).difference(from: reading) {
                    return problem("two of our own documents differ: \(difference)")
                }
                continue
            }
            for list in [updates, [document.encodeStateV1()]] {
                let answer = try peer.ask([ConcurrentEditTests.load(list)])[0]
                guard let theirs = answer.reading, let vector = answer.vector else {
                    return problem("\(peer.kind) failed: \(answer.error ?? "")")
                }
                if try YStateVector(bytes: [UInt8](vector)) != document.stateVector {
                    return problem("state \(document.stateVector.clocks) is not \(peer.kind)'s")
                }
                if let difference = reading.difference(from: theirs) {
                    return problem("read here and by \(peer.kind): \(difference)")
                }
            }
        }
        return nil
    }
}
