/// Edits of arrays, and of the children of XML types.
extension YEdit {
    package mutating func insert(
        _ values: [YValue],
        at index: Int,
        in type: YTypeReference
    ) throws(YEditError) {
        var place = try place(at: index, in: find(type))
        try write(values, at: &place)
    }

    /// Inserts values behind all others.
    package mutating func push(_ values: [YValue], in type: YTypeReference) throws(YEditError) {
        // First, because finding a root may make it, and the store is read as it is then.
        let list = try find(type)
        var place = store.end(of: list)
        try write(values, at: &place)
    }

    /// Inserts an empty shared type into an array or an XML type.
    package mutating func insertType(
        _ kind: YTypeKind,
        at index: Int,
        in type: YTypeReference
    ) throws(YEditError) -> YTypeReference {
        try requireRoom(in: type)
        var place = try place(at: index, in: find(type))
        try author.insert(.type, kind.content, length: 1, at: &place)
        return .nested(
            client: author.client,
            clock: UInt64(store.items[Int(place.left)].clock)
        )
    }

    /// Values that follow each other are one item; bytes are items of their own.
    private mutating func write(
        _ values: [YValue],
        at place: inout YPlace
    ) throws(YEditError) {
        var writer = ByteWriter()
        var count = 0
        for value in values {
            try requireDepth(of: value)
            guard case .bytes(let bytes) = value else {
                writer.writeValue(value)
                count += 1
                continue
            }
            if count > 0 { try author.insert(.any, writer.finish(), length: count, at: &place) }
            (writer, count) = (ByteWriter(), 0)
            try author.insert(.binary, bytes, length: 1, at: &place)
        }
        if count > 0 { try author.insert(.any, writer.finish(), length: count, at: &place) }
    }

    /// Types may be nested as deep as they can be read.
    func requireRoom(in type: YTypeReference) throws(YEditError) {
        let depth = author.document.store.types[Int(try find(type))].depth
        guard Int(depth) + 1 < author.document.options.limits.depthMaximum else { throw .tooDeep }
    }
}
