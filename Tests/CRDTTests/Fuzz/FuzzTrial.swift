import CRDT

/// What is done with bytes from anybody: decode, validate, apply, read, encode. Nothing of it may
/// trap, and what was taken must come back.
enum FuzzTrial {
    enum Outcome {
        case refused
        case taken
        case broken(String)
    }

    /// Limits that keep a trial small, so that many can be made.
    static let limits: YLimits = {
        var limits = YLimits()
        limits.pendingStructsMaximum = 1000
        limits.pendingRangesMaximum = 1000
        limits.pendingBytesMaximum = 100_000
        limits.documentBytesMaximum = 1_000_000
        return limits
    }()

    /// The first byte chooses what is done with the rest.
    static func run(_ input: [UInt8]) -> Outcome {
        guard let choice = input.first else { return .refused }
        let bytes = Array(input.dropFirst())
        let isVersion2 = choice & 1 == 1
        let decoded =
            isVersion2
            ? try? YUpdate(v2: bytes, limits: limits) : try? YUpdate(v1: bytes, limits: limits)
        guard let update = decoded else {
            _ = try? YStateVector(bytes: bytes)
            _ = try? YSnapshot(v1: bytes)
            return .refused
        }
        let options = YDocumentOptions(keepsDeletedContent: choice & 2 != 0, limits: limits)
        let document = YDocument(options: options)
        if choice & 4 != 0 { fill(document) }
        if let sentence = roundTrip(update) { return .broken(sentence) }
        do {
            try document.validate(update)
        } catch {
            return .refused
        }
        document.apply(update)
        if choice & 8 != 0 { edit(document) }
        document.apply(update)
        return outcome(of: document)
    }

    private static func roundTrip(_ update: YUpdate) -> String? {
        guard let v1 = try? YUpdate(v1: update.encodedV1(), limits: limits) else {
            return "an update that was taken is refused when it is written as v1"
        }
        guard let v2 = try? YUpdate(v2: update.encodedV2(), limits: limits) else {
            return "an update that was taken is refused when it is written as v2"
        }
        if v1.encodedV1() != v2.encodedV1() { return "the formats say different things" }
        _ = YUpdate.merge([update, v1, v2])
        _ = update.difference(from: update.stateVector)
        return nil
    }

    private static func fill(_ document: YDocument) {
        _ = document.edit(client: 1) { (edit: inout YEdit) in
            try? edit.insert("x😀y", at: 0, in: "t")
            try? edit.set("k", to: 1, in: "m")
            _ = try? edit.setType("n", to: .map, in: "m")
            try? edit.insert([1, "two", nil], at: 0, in: "a")
        }
    }

    private static func edit(_ document: YDocument) {
        _ = document.edit(client: 77) { (edit: inout YEdit) in
            for root in document.rootNames.prefix(4) {
                try? edit.insert("é", at: 0, in: .root(root))
                try? edit.format(
                    0..<1,
                    in: .root(root),
                    attributes: [YMember(key: "b", value: true)]
                )
                try? edit.delete(0..<1, in: .root(root))
                try? edit.set("k", to: "v", in: .root(root))
            }
        }
    }

    private static func outcome(of document: YDocument) -> Outcome {
        var readings: [String] = []
        for root in document.rootNames.prefix(4) {
            readings.append(document.text(root) + document.xml(root))
            _ = document.delta(root)
            _ = document.json(root, as: .map)
            _ = document.json(root, as: .array)
        }
        _ = document.state(at: document.snapshot())
        guard let whole = try? YUpdate(v1: document.encodeStateV1(includingPending: true)),
            (try? YUpdate(v2: document.encodeStateV2(includingPending: true))) != nil
        else { return .broken("a document's own state is refused, with what waits") }
        YDocument().apply(whole)
        let copies = [
            try? YUpdate(v1: document.encodeStateV1()), try? YUpdate(v2: document.encodeStateV2()),
        ]
        for copy in copies {
            guard let copy else { return .broken("a document's own state is refused") }
            let other = YDocument()
            other.apply(copy)
            guard other.stateVector == document.stateVector else {
                return .broken("a loaded state is \(other.stateVector.clocks)")
            }
            let again = document.rootNames.prefix(4).map { other.text($0) + other.xml($0) }
            guard again == readings else { return .broken("a loaded state reads otherwise") }
        }
        return .taken
    }
}
