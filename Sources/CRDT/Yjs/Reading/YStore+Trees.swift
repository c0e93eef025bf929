/// Types with all that is in them.
extension YStore {
    /// What is nested deeper than the limit is left out: this recurses.
    func tree(of type: YHandle, depth: Int) -> YTree {
        var tree = YTree()
        guard depth > 0 else { return tree }
        for entry in types[Int(type)].keys.entries {
            let item = items[Int(entry.last)]
            guard !item.isDeleted, let node = nodes(of: item, depth: depth).last else { continue }
            tree.entries.append(
                YTree.Entry(key: Array(names.bytes[names.range(entry.key)]), node: node)
            )
        }
        tree.entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
        var attributes = YAttributes()
        for handle in list(of: type) where !items[Int(handle)].isDeleted {
            let item = items[Int(handle)]
            if item.kind == .format {
                attributes.set(format(of: item))
                continue
            }
            for node in nodes(of: item, depth: depth) {
                tree.units.append(YTree.Unit(node: node, attributes: attributes.members))
            }
        }
        return tree
    }

    private func nodes(of item: YItem, depth: Int) -> [YTree.Node] {
        switch item.kind {
        case .string: string(of: item).unicodeScalars.map { .character($0) }
        case .type:
            kind(of: item.type).map {
                [.type($0.content, tree(of: item.type, depth: depth - 1))]
            } ?? []
        case .embed, .binary, .document:
            [.content(item.kind, Array(clients[Int(item.client)].content[item.content]))]
        case .any, .json:
            // Of the older of the two forms comes the newer.
            values(of: item, depth: depth).map { value in
                var writer = ByteWriter()
                writer.writeValue(value)
                return .content(.any, writer.finish())
            }
        case .gc, .deleted, .format, .skip: []
        }
    }
}
