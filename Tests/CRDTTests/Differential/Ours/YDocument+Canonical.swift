import CRDT

/// Our document in the canonical text that the drivers give of theirs.
extension YDocument {
    func canonicalReading(_ precision: Canonical.Precision) -> PeerAnswer.Reading {
        let canonical = Canonical(precision: precision)
        return PeerAnswer.Reading(
            text: text("t"),
            delta: canonicalDelta(delta("t"), canonical),
            map: canonical.text(of: json("m", as: .map)),
            array: canonical.text(of: json("a", as: .array)),
            xml: xml("x")
        )
    }

    func canonicalDelta(
        _ operations: [YDeltaOperation],
        _ canonical: Canonical
    ) -> String {
        let texts = operations.map { operation in
            let attributes =
                operation.attributes.isEmpty ? "null" : canonical.text(of: operation.attributes)
            return "[" + text(of: operation.insert, canonical) + "," + attributes + "]"
        }
        return "[" + texts.joined(separator: ",") + "]"
    }

    private func text(of insert: YDeltaOperation.Insert, _ canonical: Canonical) -> String {
        switch insert {
        case .text(let text): Canonical.quoted(text)
        case .embed(let value): canonical.text(of: value)
        case .type(let reference): canonical.text(of: json(of: reference) ?? .undefined)
        }
    }
}
