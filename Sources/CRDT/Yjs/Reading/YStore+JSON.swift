/// Types as JSON, as `toJSON` of Yjs has them.
extension YStore {
    /// A nested type by its own kind. What is nested deeper than the limit reads as null: how deep
    /// types are nested is up to others, and this recurses.
    func json(of type: YHandle, depth: Int) -> YValue {
        guard depth > 0 else { return .null }
        switch types[Int(type)].code {
        case .array: return json(ofList: type, depth: depth)
        case .map, .xmlHook, nil: return json(ofMap: type, depth: depth)
        case .text: return .string(text(of: type))
        case .xmlText, .xmlElement, .xmlFragment:
            var writer = YXMLWriter(store: self)
            writer.write(type, depth: depth)
            return .string(writer.text)
        }
    }

    func json(ofMap type: YHandle, depth: Int) -> YValue {
        .object(members(of: type, depth: depth))
    }

    /// The keys that have a value, in the order in which they came here first.
    func members(of type: YHandle, depth: Int) -> [YMember] {
        types[Int(type)].keys.entries.compactMap { entry in
            let item = items[Int(entry.last)]
            guard !item.isDeleted, let value = values(of: item, depth: depth).last else {
                return nil
            }
            return YMember(key: names[entry.key], value: value)
        }
    }

    func json(ofList type: YHandle, depth: Int) -> YValue {
        var elements: [YValue] = []
        for item in list(of: type) where items[Int(item)].isVisible {
            elements.append(contentsOf: values(of: items[Int(item)], depth: depth))
        }
        return .array(elements)
    }
}
