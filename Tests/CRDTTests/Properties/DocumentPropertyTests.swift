import CRDT
import Testing

/// What must hold for every history, whatever its edits are: the hub stores and sends on these
/// grounds.
@Suite("What holds for every history of a document")
struct DocumentPropertyTests {
    private static let seeds = DifferentialSeed.cases(100, salt: 4)

    /// Runs a check on many histories, and says which one it failed for.
    private func forEachHistory(
        cutsPairs: Bool = true,
        _ check: (History, inout CaseDice) throws -> String?
    ) throws {
        for seed in Self.seeds {
            var dice = CaseDice(seed ^ 0xABBA)
            if let difference = try check(
                try History(seed: seed, cutsPairs: cutsPairs),
                &dice
            ) {
                Issue.record("seed \(DifferentialSeed.value), history \(seed): \(difference)")
                return
            }
        }
    }

    @Test("A snapshot and the records after it are the same as all records")
    func loadsFromSnapshot() throws {
        try forEachHistory { history, dice in
            let updates = history.updates.shuffled(using: &dice)
            let cut = dice.below(updates.count + 1)
            let whole = try History.document(updates)
            let first = try History.document(updates[..<cut])
            let loaded = YDocument()
            if dice.isOne(in: 2) {
                loaded.apply(try YUpdate(v1: first.encodeStateV1(includingPending: true)))
            } else {
                loaded.apply(try YUpdate(v2: first.encodeStateV2(includingPending: true)))
            }
            if let difference = History.difference(loaded, first) {
                return "the snapshot alone: \(difference)"
            }
            for update in updates[cut...] { loaded.apply(try YUpdate(v1: update)) }
            return History.difference(loaded, whole)
        }
    }

    @Test("Order and repetition do not matter")
    func commutesAndRepeats() throws {
        try forEachHistory { history, dice in
            let whole = try History.document(history.updates)
            let repeated = history.updates + history.updates.filter { _ in dice.isOne(in: 2) }
            let other = try History.document(repeated.shuffled(using: &dice))
            if other.pendingSize != 0 { return "\(other.pendingSize) bytes still wait" }
            return History.difference(whole, other)
        }
    }

    @Test("What a document covers changes nothing, and what changes something it does not cover")
    func covers() throws {
        try forEachHistory { history, dice in
            let document = YDocument()
            for bytes in history.updates {
                let update = try YUpdate(v1: bytes)
                let isCovered = document.covers(update)
                let change = document.apply(update)
                if change.missing != nil { return nil }
                if change.isChanged == isCovered { return "covered \(isCovered), yet \(change)" }
                if !document.covers(update) { return "not covered after it was applied" }
                if document.apply(update).isChanged { return "changed by what it had" }
            }
            return nil
        }
    }

    @Test("Each of our documents becomes the same in the end")
    func converges() throws {
        try forEachHistory { history, dice in
            let whole = try History.document(history.updates.shuffled(using: &dice))
            for document in history.documents {
                let missing = whole.encodeStateV1(since: document.stateVector)
                document.apply(try YUpdate(v1: missing))
                if let difference = History.difference(document, whole) { return difference }
            }
            return nil
        }
    }

    @Test("A document that keeps what was deleted stays the same as one that does not")
    func collecting() throws {
        try forEachHistory { history, dice in
            let keeping = try History.document(
                history.updates.shuffled(using: &dice),
                keepsDeletedContent: true
            )
            let collecting = try History.document(history.updates.shuffled(using: &dice))
            let fromKeeping = try History.document([keeping.encodeStateV1()])
            let fromCollecting = try History.document(
                [collecting.encodeStateV1()],
                keepsDeletedContent: true
            )
            for other in [collecting, fromKeeping, fromCollecting] {
                if let difference = History.difference(keeping, other) { return difference }
            }
            return nil
        }
    }

    @Test("A document that kept everything can tell what it was")
    func history() throws {
        // A surrogate pair that is cut later is cut in the past, too: Yjs keeps no other.
        try forEachHistory(cutsPairs: false) { history, dice in
            let document = YDocument(options: YDocumentOptions(keepsDeletedContent: true))
            var moments: [(YSnapshot, PeerAnswer.Reading)] = []
            for bytes in history.updates {
                document.apply(try YUpdate(v1: bytes))
                guard dice.isOne(in: 4), document.pendingSize == 0 else { continue }
                moments.append((document.snapshot(), document.canonicalReading(.exact)))
            }
            for (snapshot, reading) in moments {
                let bytes = snapshot.encodedV1()
                guard let then = document.state(at: try YSnapshot(v1: bytes)) else {
                    return "the document does not know a moment of its own"
                }
                let difference = then.canonicalReading(.exact).difference(from: reading)
                if let difference { return difference }
            }
            return nil
        }
    }

    @Test("Edits while something waits stay apart from it")
    func editsWhilePending() throws {
        try forEachHistory { history, dice in
            let kept = history.updates.shuffled(using: &dice)
            let late = Array(kept[..<(kept.count / 3)])
            let document = try History.document(kept[(kept.count / 3)...])
            var maker = EditMaker(dice: CaseDice(dice.next()), isForYjs: true)
            var made: [[UInt8]] = []
            for _ in 0..<5 {
                if let update = try maker.edit().perform(on: document, client: 999_999) {
                    made.append(update)
                }
            }
            for update in late { document.apply(try YUpdate(v1: update)) }
            if document.pendingSize != 0 { return "\(document.pendingSize) bytes still wait" }
            let other = try History.document((history.updates + made).shuffled(using: &dice))
            return History.difference(document, other)
        }
    }

    @Test("An update that is refused leaves nothing behind, not even what it began with")
    func refusal() throws {
        try forEachHistory { history, dice in
            var limits = YLimits()
            limits.pendingStructsMaximum = 3
            limits.pendingRangesMaximum = 3
            limits.pendingBytesMaximum = 200
            limits.documentBytesMaximum = 100
            let document = YDocument(options: YDocumentOptions(limits: limits))
            for bytes in history.updates.shuffled(using: &dice) {
                let update = try YUpdate(v1: bytes)
                let before = DocumentTraces(document)
                do {
                    try document.validate(update)
                    guard DocumentTraces(document) == before else {
                        return "validating changes the document"
                    }
                    document.apply(update)
                } catch {
                    guard DocumentTraces(document) == before else { return "\(error) left traces" }
                }
                let waiting = document.statistics
                guard waiting.pendingStructs <= 3, waiting.pendingRanges <= 3 else {
                    return "more waits than may: \(waiting)"
                }
            }
            return nil
        }
    }

    @Test("An update of pieces is the same as the pieces")
    func pieces() throws {
        try forEachHistory { history, dice in
            let whole = YUpdate.merge(
                try history.updates.map { bytes throws(YDecodingError) in try YUpdate(v1: bytes) }
            )
            let expected = try History.document(history.updates)
            let document = YDocument()
            for _ in 0..<6 {
                // Somebody who has heard of some: a made-up vector could cut a surrogate pair.
                let heard = try History.document(history.updates.filter { _ in dice.isOne(in: 2) })
                document.apply(whole.difference(from: heard.stateVector))
            }
            document.apply(whole.difference(from: document.stateVector))
            return History.difference(document, expected)
        }
    }
}
