/// What items hold, as values.
extension YStore {
    /// The elements of an item; a text is one for each code unit, as an array in JavaScript is.
    func values(of item: YItem, depth: Int) -> [YValue] {
        var reader = ByteReader(clients[Int(item.client)].content, in: item.content)
        switch item.kind {
        case .any:
            return values(item.length) { () throws(YDecodingError) in
                try reader.readValue(depth: .max)
            }
        case .json:
            return values(item.length) { () throws(YDecodingError) in
                let range = try reader.readVarBytes()
                if reader.bytes[range].elementsEqual("undefined".utf8) { return .undefined }
                return try JSONReader.value(of: reader.bytes, in: range, depth: .max)
            }
        case .string:
            return string(of: item).utf16.map { .string(String(decoding: [$0], as: UTF16.self)) }
        case .binary: return [.bytes(Array(reader.bytes[item.content]))]
        case .embed: return [embed(of: item)]
        case .type: return [json(of: item.type, depth: depth - 1)]
        case .document: return [document(of: item)]
        case .gc, .deleted, .format, .skip: return []
        }
    }

    /// Stored content was validated when it came, so that reading it cannot fail.
    private func values(
        _ count: UInt32,
        _ read: () throws(YDecodingError) -> YValue
    ) -> [YValue] {
        var values: [YValue] = []
        for _ in 0..<count {
            guard let value = try? read() else { break }
            values.append(value)
        }
        return values
    }

    func embed(of item: YItem) -> YValue {
        let content = clients[Int(item.client)].content
        return (try? JSONReader.value(of: content, in: item.content, depth: .max)) ?? .null
    }

    /// The attribute that a mark sets, and the value from which on it has.
    func format(of item: YItem) -> YMember {
        var reader = ByteReader(clients[Int(item.client)].content, in: item.content)
        guard let key = try? reader.readVarString(), let range = try? reader.readVarBytes(),
            let value = try? JSONReader.value(of: reader.bytes, in: range, depth: .max)
        else { return YMember(key: "", value: .null) }
        return YMember(key: key, value: value)
    }

    /// A document within the document is opaque: its name is what can be told.
    private func document(of item: YItem) -> YValue {
        var reader = ByteReader(clients[Int(item.client)].content, in: item.content)
        let name = (try? reader.readVarString()) ?? ""
        return .object([YMember(key: "guid", value: .string(name))])
    }
}
