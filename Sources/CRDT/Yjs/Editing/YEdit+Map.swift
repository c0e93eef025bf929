/// Edits of maps, and of the attributes of XML elements.
extension YEdit {
    package mutating func set(
        _ key: String,
        to value: YValue,
        in type: YTypeReference
    ) throws(YEditError) {
        try requireDepth(of: value)
        if case .bytes(let bytes) = value {
            try set(key, to: .binary, bytes, in: type)
        } else {
            var writer = ByteWriter()
            writer.writeValue(value)
            try set(key, to: .any, writer.finish(), in: type)
        }
    }

    /// Sets a key to an empty shared type.
    package mutating func setType(
        _ key: String,
        to kind: YTypeKind,
        in type: YTypeReference
    ) throws(YEditError) -> YTypeReference {
        try requireRoom(in: type)
        return try set(key, to: .type, kind.content, in: type)
    }

    /// Removes a key; one that is not there stays away.
    package mutating func remove(_ key: String, in type: YTypeReference) throws(YEditError) {
        let handle = try find(type)
        let name = store.names.handle(ArraySlice(key.utf8))
        guard let entry = store.types[Int(handle)].keys.entry(name) else { return }
        store.delete(entry.last)
    }

    package mutating func setAttribute(
        _ name: String,
        to value: String,
        in type: YTypeReference
    ) throws(YEditError) {
        try set(name, to: .string(value), in: type)
    }

    package mutating func removeAttribute(
        _ name: String,
        in type: YTypeReference
    ) throws(YEditError) {
        try remove(name, in: type)
    }

    @discardableResult
    private mutating func set(
        _ key: String,
        to kind: YContentKind,
        _ content: [UInt8],
        in type: YTypeReference
    ) throws(YEditError) -> YTypeReference {
        let handle = try find(type)
        let name = store.names.handle(ArraySlice(key.utf8))
        let last = store.types[Int(handle)].keys.entry(name)?.last ?? .none
        let item = try author.write(kind, content, length: 1, handle, key: name, left: last)
        return .nested(client: author.client, clock: UInt64(store.items[Int(item)].clock))
    }
}
