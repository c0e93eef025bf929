/// Who makes an edit: it writes structs of one client.
struct YAuthor {
    let document: YDocument
    let client: UInt64

    /// Puts content into a place, and steps behind it.
    func insert(
        _ kind: YContentKind,
        _ content: [UInt8],
        length: Int,
        at place: inout YPlace
    ) throws(YEditError) {
        place.left = try write(kind, content, length: length, place.parent, left: place.left)
        place.right = place.left
        document.store.step(&place)
    }

    /// Writes an item behind another, or before all others.
    @discardableResult
    func write(
        _ kind: YContentKind,
        _ content: [UInt8],
        length: Int,
        _ parent: YHandle,
        key: YHandle = .none,
        left: YHandle
    ) throws(YEditError) -> YHandle {
        let maximum = document.options.limits.documentBytesMaximum
        guard
            document.store.contentBound + content.count <= maximum
                || document.store.contentSize + content.count <= maximum
        else { throw .documentTooLarge }
        guard client <= ByteReader.integerMaximum,
            UInt64(document.store.state(client)) + UInt64(length)
                <= document.options.limits.clockMaximum
        else { throw .clientExhausted }
        return document.store.author(
            kind,
            content,
            UInt32(truncatingIfNeeded: length),
            parent,
            key,
            left,
            client: document.store.addClient(client)
        )
    }
}
