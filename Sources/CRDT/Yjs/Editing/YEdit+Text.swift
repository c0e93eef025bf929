/// Edits of texts.
extension YEdit {
    /// Inserts text; without attributes it takes those that hold at its place.
    package mutating func insert(
        _ text: String,
        at index: Int,
        in type: YTypeReference,
        attributes: [YMember]? = nil
    ) throws(YEditError) {
        guard !text.isEmpty else { return }
        let content = Array(text.utf8)
        try insert(.string, content, text.utf16.count, at: index, in: type, attributes)
    }

    /// Inserts one thing that is no text.
    package mutating func insertEmbed(
        _ value: YValue,
        at index: Int,
        in type: YTypeReference,
        attributes: [YMember]? = nil
    ) throws(YEditError) {
        try requireDepth(of: value)
        var writer = ByteWriter()
        writer.writeJSON(value)
        try insert(.embed, writer.finish(), 1, at: index, in: type, attributes)
    }

    private mutating func insert(
        _ kind: YContentKind,
        _ content: [UInt8],
        _ length: Int,
        at index: Int,
        in type: YTypeReference,
        _ attributes: [YMember]?
    ) throws(YEditError) {
        for attribute in attributes ?? [] { try requireDepth(of: attribute.value) }
        var place = try place(at: index, in: find(type))
        try insert(kind, content, length, at: &place, attributes)
    }

    /// Inserts into a place, and steps behind it and the marks that end its attributes.
    @discardableResult
    mutating func insert(
        _ kind: YContentKind,
        _ content: [UInt8],
        _ length: Int,
        at place: inout YPlace,
        _ attributes: [YMember]?
    ) throws(YEditError) -> YHandle {
        var wanted = place.attributes.members
        if let attributes {
            // What holds here and is not asked for ends here.
            wanted = attributes
            for member in place.attributes.members
            where !attributes.contains(where: { $0.key == member.key }) {
                wanted.append(YMember(key: member.key, value: .null))
            }
        }
        skipMarks(&place, setting: wanted)
        let ended = try mark(&place, with: wanted)
        try author.insert(kind, content, length: length, at: &place)
        let item = place.left
        try unmark(&place, ended)
        return item
    }

    /// Sets attributes on a range; null takes one away.
    package mutating func format(
        _ range: Range<Int>,
        in type: YTypeReference,
        attributes: [YMember]
    ) throws(YEditError) {
        guard !range.isEmpty else { return }
        for attribute in attributes { try requireDepth(of: attribute.value) }
        let handle = try find(type)
        try require(range.upperBound, in: handle)
        var place = try place(at: range.lowerBound, in: handle)
        skipMarks(&place, setting: attributes)
        var ended = try mark(&place, with: attributes)
        var rest = range.count
        while place.right != .none, rest > 0 || !ended.isEmpty && isMarkOrDeleted(place.right) {
            let item = store.items[Int(place.right)]
            if item.kind == .format, !item.isDeleted {
                guard replace(place.right, attributes, &ended, isInside: rest > 0) else { break }
                store.step(&place)
            } else {
                rest -= store.pass(&place, atMost: rest)
            }
        }
        try unmark(&place, ended)
    }

    /// Deletes a mark of an attribute that gets another value; false if the range ends before it.
    private mutating func replace(
        _ mark: YHandle,
        _ attributes: [YMember],
        _ ended: inout [YMember],
        isInside: Bool
    ) -> Bool {
        let old = store.format(of: store.items[Int(mark)])
        guard let wanted = attributes.first(where: { $0.key == old.key }) else { return true }
        if wanted.value == old.value {
            ended.removeAll { $0.key == old.key }
        } else {
            guard isInside else { return false }
            ended.removeAll { $0.key == old.key }
            ended.append(old)
        }
        store.delete(mark)
        return true
    }

    private func isMarkOrDeleted(_ item: YHandle) -> Bool {
        let item = author.document.store.items[Int(item)]
        return item.isDeleted || item.kind == .format
    }

    /// Goes behind marks that already set what is wanted.
    private mutating func skipMarks(_ place: inout YPlace, setting wanted: [YMember]) {
        while place.right != .none {
            let item = store.items[Int(place.right)]
            if !item.isDeleted {
                guard item.kind == .format else { return }
                let mark = store.format(of: item)
                let value = wanted.first { $0.key == mark.key }?.value ?? .null
                guard value == mark.value else { return }
            }
            store.step(&place)
        }
    }

    /// Begins attributes that do not hold yet; gives what they were before.
    private mutating func mark(
        _ place: inout YPlace,
        with wanted: [YMember]
    ) throws(YEditError) -> [YMember] {
        var ended: [YMember] = []
        for member in wanted where place.attributes[member.key] != member.value {
            ended.append(YMember(key: member.key, value: place.attributes[member.key]))
            try writeMark(member, at: &place)
        }
        return ended
    }

    /// Gives attributes back the values that they had before.
    private mutating func unmark(
        _ place: inout YPlace,
        _ ended: [YMember]
    ) throws(YEditError) {
        var rest = ended
        while place.right != .none {
            let item = store.items[Int(place.right)]
            if !item.isDeleted {
                guard item.kind == .format else { break }
                let mark = store.format(of: item)
                guard rest.contains(mark) else { break }
                rest.removeAll { $0.key == mark.key }
            }
            store.step(&place)
        }
        for member in rest { try writeMark(member, at: &place) }
    }

    func writeMark(_ member: YMember, at place: inout YPlace) throws(YEditError) {
        var value = ByteWriter()
        value.writeJSON(member.value)
        var writer = ByteWriter()
        writer.writeVarString(member.key)
        writer.writeVarBytes(value.finish())
        try author.insert(.format, writer.finish(), length: 1, at: &place)
    }

    func requireDepth(of value: YValue) throws(YEditError) {
        guard value.isNested(atMost: author.document.options.limits.depthMaximum) else {
            throw .tooDeep
        }
    }
}
