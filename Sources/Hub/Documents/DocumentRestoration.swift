import CRDT

/// Makes a document's roots read as they did earlier, by edits: what others write meanwhile stays.
///
/// Texts and lists keep what is equal at both ends; maps keep what is equal under a key.
struct DocumentRestoration {
    private let earlier: YDocument
    private let document: YDocument

    init(of earlier: YDocument, in document: YDocument) {
        self.earlier = earlier
        self.document = document
    }

    func perform(_ edit: inout YEdit) throws(YEditError) {
        for root in Set(earlier.rootNames + document.rootNames).sorted() {
            try restore(root, &edit)
        }
    }

    private func restore(_ root: String, _ edit: inout YEdit) throws(YEditError) {
        try restoreMap(root, &edit)
        if earlier.delta(root) != document.delta(root) { try restoreText(root, &edit) }
    }

    private func restoreMap(_ root: String, _ edit: inout YEdit) throws(YEditError) {
        let before = Self.members(earlier.json(root, as: .map))
        let now = Self.members(document.json(root, as: .map))
        for (key, value) in before.sorted(by: { $0.key < $1.key }) where now[key] != value {
            try edit.set(key, to: value, in: .root(root))
        }
        for key in now.keys.sorted() where before[key] == nil {
            try edit.remove(key, in: .root(root))
        }
    }

    private static func members(_ value: YValue) -> [String: YValue] {
        guard case .object(let members) = value else { return [:] }
        return Dictionary(members.map { ($0.key, $0.value) }) { $1 }
    }

    /// The part between what is equal at the head and at the tail is replaced.
    private func restoreText(_ root: String, _ edit: inout YEdit) throws(YEditError) {
        let before = Self.units(earlier.delta(root))
        let now = Self.units(document.delta(root))
        let head = zip(before, now).prefix { $0 == $1 }.count
        let most = min(before.count, now.count) - head
        let tail = zip(before.reversed(), now.reversed()).prefix(most).prefix { $0 == $1 }.count
        let start = now[..<head].reduce(0) { $0 + $1.length }
        let length = now[head..<now.count - tail].reduce(0) { $0 + $1.length }
        if length > 0 { try edit.delete(start..<start + length, in: .root(root)) }
        var index = start
        for unit in Self.joined(before[head..<before.count - tail]) {
            switch unit.insert {
            case .text(let text):
                try edit.insert(text, at: index, in: .root(root), attributes: unit.attributes)
            case .embed(let value):
                try edit.insertEmbed(
                    value,
                    at: index,
                    in: .root(root),
                    attributes: unit.attributes
                )
            case .type: continue
            }
            index += unit.length
        }
    }

    /// Runs cut into characters, so that they can be compared.
    private static func units(_ delta: [YDeltaOperation]) -> [YDeltaOperation] {
        delta.flatMap { operation -> [YDeltaOperation] in
            guard case .text(let text) = operation.insert else { return [operation] }
            return text.map {
                YDeltaOperation(insert: .text(String($0)), attributes: operation.attributes)
            }
        }
    }

    /// Neighbours with equal attributes as one run.
    private static func joined(_ units: ArraySlice<YDeltaOperation>) -> [YDeltaOperation] {
        var runs: [YDeltaOperation] = []
        for unit in units {
            if let last = runs.last, case .text(let text) = unit.insert,
                case .text(let before) = last.insert, last.attributes == unit.attributes
            {
                runs[runs.count - 1].insert = .text(before + text)
            } else {
                runs.append(unit)
            }
        }
        return runs
    }
}

extension YDeltaOperation {
    /// UTF-16 code units, or one thing.
    fileprivate var length: Int {
        if case .text(let text) = insert { text.utf16.count } else { 1 }
    }
}
