import CRDT
import Foundation

/// One case at work: what the other implementation made of it, and what we make of that.
struct DifferentialCase {
    let script: CaseScript
    let peer: Peer.Kind
    let answer: PeerAnswer
    /// What was applied to our document, as v1, in its order.
    private(set) var applied: [[UInt8]] = []

    init(script: CaseScript, peer: Peer.Kind, answer: PeerAnswer) {
        self.script = script
        self.peer = peer
        self.answer = answer
    }

    var precision: Canonical.Precision { peer.isYjs ? .exact : .python }
    var updates: [[UInt8]] { (answer.updates ?? []).map { [UInt8]($0) } }

    /// A failure's sentence with all that is needed to see it again.
    func problem(_ sentence: String) -> String {
        """
        \(sentence)
        \(peer), seed \(DifferentialSeed.value), case \(script.seed)
        steps: \(script.json)
        updates: \(updates.map { Canonical.hex(of: $0) })
        applied: \(applied.map { Canonical.hex(of: $0) })
        """
    }

    /// What is wrong with our document, which got everything, beside theirs; nil if nothing is.
    func difference(_ document: YDocument, _ how: String) throws -> String? {
        for state in answer.states ?? [] {
            let vector = try YStateVector(bytes: [UInt8](state.vector))
            if document.stateVector != vector {
                return problem("\(how): state \(document.stateVector.clocks), not \(vector.clocks)")
            }
            let ours = document.canonicalReading(precision)
            if let difference = ours.difference(from: state.reading) {
                return problem("\(how): read here and there differ:\n    \(difference)")
            }
        }
        return nil
    }

    /// Checks what can be checked without asking again. Ends with the commands whose answers
    /// `differenceAfterwards` wants.
    mutating func check() throws -> (difference: String?, document: YDocument) {
        var dice = CaseDice(script.seed ^ 0xC0DE)
        let document = YDocument(
            options: YDocumentOptions(keepsDeletedContent: dice.isOne(in: 2))
        )
        guard let states = answer.states, answer.error == nil else {
            return (problem("the peer failed: \(answer.error ?? "")"), document)
        }
        for state in states {
            if let difference = state.reading.difference(from: states[0].reading) {
                return (problem("the peer differs from itself: \(difference)"), document)
            }
        }
        try deliver(updates, to: document, &dice)
        // Then the connection comes back, and each client sends what we lack.
        for state in states {
            let version2 = state.v2.map { [UInt8]($0) }
            let update =
                if let version2, dice.isOne(in: 2) { try YUpdate(v2: version2) } else {
                    try YUpdate(v1: [UInt8](state.v1))
                }
            let missing = update.difference(from: document.stateVector)
            try take(missing, into: document)
        }
        if let difference = try difference(document, "after chaos and resync") {
            return (difference, document)
        }
        if document.pendingSize != 0 {
            return (problem("\(document.pendingSize) bytes are pending after resync"), document)
        }
        return (nil, document)
    }

    /// Random order, losses and repetitions.
    private mutating func deliver(
        _ updates: [[UInt8]],
        to document: YDocument,
        _ dice: inout CaseDice
    ) throws {
        for bytes in updates.shuffled(using: &dice) where !dice.isOne(in: 5) {
            let update =
                if dice.isOne(in: 3) { try YUpdate(v2: YUpdate(v1: bytes).encodedV2()) } else {
                    try YUpdate(v1: bytes)
                }
            for _ in 0...(dice.isOne(in: 4) ? 1 : 0) {
                try take(update, into: document)
            }
        }
    }

    private mutating func take(_ update: YUpdate, into document: YDocument) throws {
        applied.append(update.encodedV1())
        try document.validate(update)
        document.apply(update)
    }
}
