import CRDT

/// What several clients of our own engine wrote at the same time, as the updates they sent.
struct History {
    private(set) var updates: [[UInt8]] = []
    /// The clients' documents, as far as each has heard of the others.
    private(set) var documents: [YDocument] = []

    init(seed: UInt64, edits: Int = 25, cutsPairs: Bool = true) throws {
        var dice = CaseDice(seed)
        var maker = EditMaker(dice: CaseDice(dice.next()), isForYjs: cutsPairs)
        documents = (0..<3).map { _ in
            YDocument(options: YDocumentOptions(keepsDeletedContent: dice.isOne(in: 2)))
        }
        let first = 1 + dice.next() % 1000
        for _ in 0..<edits {
            let who = dice.below(documents.count)
            if dice.isOne(in: 3) {
                for update in updates where !dice.isOne(in: 3) {
                    documents[who].apply(try YUpdate(v1: update))
                }
            }
            let made = try maker.edit().perform(
                on: documents[who],
                client: first + UInt64(who)
            )
            if let made { updates.append(made) }
        }
    }

    /// A document that takes these updates in.
    static func document(
        _ updates: some Sequence<[UInt8]>,
        keepsDeletedContent: Bool = false
    ) throws -> YDocument {
        let document = YDocument(
            options: YDocumentOptions(keepsDeletedContent: keepsDeletedContent)
        )
        for bytes in updates {
            let update = try YUpdate(v1: bytes)
            try document.validate(update)
            document.apply(update)
        }
        return document
    }

    /// In what two documents that should be the same differ; nil if in nothing.
    static func difference(_ one: YDocument, _ other: YDocument) -> String? {
        if one.stateVector != other.stateVector {
            return "\(one.stateVector.clocks) is not \(other.stateVector.clocks)"
        }
        if one.snapshot() != other.snapshot() { return "other things are deleted" }
        return one.canonicalReading(.exact).difference(from: other.canonicalReading(.exact))
    }
}
