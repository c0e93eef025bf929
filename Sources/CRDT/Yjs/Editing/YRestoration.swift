/// Makes a document read as it did earlier, by edits: what others write meanwhile stays.
///
/// Texts and lists keep what is equal at both ends; maps keep what is equal under a key. A shared
/// type that differs is made anew.
package struct YRestoration {
    private let earlier: YDocument
    private let document: YDocument

    package init(of earlier: YDocument, in document: YDocument) {
        self.earlier = earlier
        self.document = document
    }

    package func perform(_ edit: inout YEdit) throws(YEditError) {
        let names = Set(earlier.store.rootNameBytes + document.store.rootNameBytes)
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let (was, now) = (earlier.tree(ofRoot: name), document.tree(ofRoot: name))
            guard was != now else { continue }
            let root = YTypeReference.root(String(decoding: name, as: UTF8.self))
            let type = try edit.find(root)
            try restore(was.entries, type, now.entries, &edit)
            try restore(was.units, root, now.units, &edit)
        }
    }

    private func restore(
        _ was: [YTree.Entry],
        _ type: YHandle,
        _ now: [YTree.Entry],
        _ edit: inout YEdit
    ) throws(YEditError) {
        let present = Set(now)
        for entry in was where !present.contains(entry) {
            try edit.write(entry.node, under: entry.key, in: type)
        }
        let wanted = Set(was.map(\.key))
        for entry in now where !wanted.contains(entry.key) { edit.remove(entry.key, in: type) }
    }

    private func restore(
        _ was: [YTree.Unit],
        _ root: YTypeReference,
        _ now: [YTree.Unit],
        _ edit: inout YEdit
    ) throws(YEditError) {
        let head = zip(was, now).prefix { $0 == $1 }.count
        let most = min(was.count, now.count) - head
        let tail = zip(was.reversed(), now.reversed()).prefix(most).prefix { $0 == $1 }.count
        let start = now[..<head].reduce(0) { $0 + $1.length }
        let length = now[head..<now.count - tail].reduce(0) { $0 + $1.length }
        try edit.delete(start..<start + length, in: root)
        let type = try edit.find(root)
        try edit.thinMarks(at: start, in: type)
        try edit.insert(was[head..<was.count - tail], at: start, in: type)
    }
}

extension YDocument {
    func tree(ofRoot name: [UInt8]) -> YTree {
        guard let handle = store.rootType(named: name[...]) else { return YTree() }
        return store.tree(of: handle, depth: options.limits.depthMaximum)
    }
}
