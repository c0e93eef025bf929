/// Edits that make again what was in a type.
extension YEdit {
    /// Sets a key of a type.
    mutating func write(
        _ node: YTree.Node,
        under key: [UInt8],
        in type: YHandle
    ) throws(YEditError) {
        let name = store.names.handle(key[...])
        let last = store.types[Int(type)].keys.entry(name)?.last ?? .none
        let (kind, content, tree) = Self.stored(node)
        let item = try author.write(kind, content, length: 1, type, key: name, left: last)
        if let tree { try fill(store.items[Int(item)].type, with: tree) }
    }

    /// Removes a key of a type.
    mutating func remove(_ key: [UInt8], in type: YHandle) {
        let name = store.names.handle(key[...])
        guard let entry = store.types[Int(type)].keys.entry(name) else { return }
        store.delete(entry.last)
    }

    /// Inserts elements one after the other. Characters of the same attributes are one run.
    mutating func insert(
        _ units: ArraySlice<YTree.Unit>,
        at index: Int,
        in type: YHandle
    ) throws(YEditError) {
        guard !units.isEmpty else { return }
        var place = try place(at: index, in: type)
        var rest = units
        while let first = rest.popFirst() {
            guard case .character(let scalar) = first.node else {
                let (kind, content, tree) = Self.stored(first.node)
                let item = try insert(kind, content, 1, at: &place, first.attributes)
                if let tree { try fill(store.items[Int(item)].type, with: tree) }
                continue
            }
            var text = String(scalar)
            while let next = rest.first, case .character(let scalar) = next.node,
                next.attributes == first.attributes
            {
                text.unicodeScalars.append(scalar)
                rest.removeFirst()
            }
            let content = Array(text.utf8)
            try insert(.string, content, text.utf16.count, at: &place, first.attributes)
        }
    }

    /// Marks pile up where text was deleted. Those before this element become as few as do the
    /// same: more would cut runs of the same attributes in two.
    mutating func thinMarks(at index: Int, in type: YHandle) throws(YEditError) {
        var place = try place(at: index, in: type)
        var start = place
        var marks: [YHandle] = []
        while place.right != .none {
            let item = store.items[Int(place.right)]
            if !item.isDeleted {
                guard item.kind == .format else { break }
                marks.append(place.right)
            }
            store.step(&place)
        }
        // At the end they mean nothing.
        let isEnd = place.right == .none
        let (before, after) = (start.attributes, isEnd ? start.attributes : place.attributes)
        let keys = Set((before.members + after.members).map(\.key)).sorted()
        let changes = keys.filter { before[$0] != after[$0] }
        guard marks.count > changes.count else { return }
        for mark in marks { store.delete(mark) }
        for key in changes {
            try writeMark(YMember(key: key, value: after[key]), at: &start)
        }
    }

    private mutating func fill(_ type: YHandle, with tree: YTree) throws(YEditError) {
        for entry in tree.entries { try write(entry.node, under: entry.key, in: type) }
        try insert(tree.units[...], at: 0, in: type)
    }

    /// As it stands in an update, and what is to be filled into it.
    private static func stored(_ node: YTree.Node) -> (YContentKind, [UInt8], YTree?) {
        switch node {
        case .character(let scalar): (.string, Array(String(scalar).utf8), nil)
        case .content(let kind, let content): (kind, content, nil)
        case .type(let kind, let tree): (.type, kind, tree)
        }
    }
}
