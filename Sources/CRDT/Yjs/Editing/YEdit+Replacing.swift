/// A whole text is replaced by what differs: cursors elsewhere stay where they are.
extension YEdit {
    /// Makes the text read like this, with as small an edit as a common head and tail allow.
    /// Embeds within those stay.
    package mutating func setText(_ text: String, in type: YTypeReference) throws(YEditError) {
        let old = units(of: try find(type))
        let units = Array(text.utf16)
        var (oldHead, head) = (0, 0)
        while oldHead < old.count, head < units.count || old[oldHead] == Self.noText {
            if old[oldHead] == Self.noText {
                oldHead += 1
            } else if old[oldHead] == UInt32(units[head]) {
                (oldHead, head) = (oldHead + 1, head + 1)
            } else {
                break
            }
        }
        // A pair of surrogates is not torn.
        if head > 0, UTF16.isLeadSurrogate(units[head - 1]) {
            (oldHead, head) = (oldHead - 1, head - 1)
        }
        var (oldTail, tail) = (old.count, units.count)
        while oldTail > oldHead {
            if old[oldTail - 1] == Self.noText {
                oldTail -= 1
            } else if tail > head, old[oldTail - 1] == UInt32(units[tail - 1]) {
                (oldTail, tail) = (oldTail - 1, tail - 1)
            } else {
                break
            }
        }
        if tail < units.count, UTF16.isTrailSurrogate(units[tail]) {
            (oldTail, tail) = (oldTail + 1, tail + 1)
        }
        try delete(oldHead..<oldTail, in: type)
        try insert(String(decoding: units[head..<tail], as: UTF16.self), at: oldHead, in: type)
    }

    /// Stands for what is no text: no code unit is that large.
    private static let noText: UInt32 = .max

    private func units(of type: YHandle) -> [UInt32] {
        var units: [UInt32] = []
        for handle in author.document.store.list(of: type) {
            let item = author.document.store.items[Int(handle)]
            guard item.isVisible else { continue }
            if item.kind == .string {
                let text = author.document.store.string(of: item)
                units.append(contentsOf: text.utf16.map(UInt32.init))
            } else {
                units.append(contentsOf: repeatElement(Self.noText, count: Int(item.length)))
            }
        }
        return units
    }
}
