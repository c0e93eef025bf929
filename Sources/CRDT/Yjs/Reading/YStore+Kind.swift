/// The kinds of types.
extension YStore {
    func kind(of type: YHandle) -> YTypeKind? {
        switch types[Int(type)].code {
        case nil: nil
        case .array: .array
        case .map: .map
        case .text: .text
        case .xmlElement: .xmlElement(nodeName(of: type))
        case .xmlFragment: .xmlFragment
        case .xmlHook: .xmlHook(nodeName(of: type))
        case .xmlText: .xmlText
        }
    }

    /// The name of an element or a hook, which stands behind the number of its type.
    private func nodeName(of type: YHandle) -> String {
        let owner = items[Int(types[Int(type)].owner)]
        var reader = ByteReader(clients[Int(owner.client)].content, in: owner.content)
        guard (try? reader.readVarUint()) != nil, let name = try? reader.readVarString() else {
            return ""
        }
        return name
    }
}
