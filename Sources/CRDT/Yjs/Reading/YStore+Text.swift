/// Types by reference, and their plain text.
extension YStore {
    /// The type that is meant, if it is in the document.
    func type(_ reference: YTypeReference) -> YHandle? {
        switch reference {
        case .root(let name):
            return names.known(name).flatMap { roots[$0] }
        case .nested(let client, let clock):
            guard let small = UInt32(exactly: clock),
                let owner = knownItem(YID(client: client, clock: small)),
                items[Int(owner)].type != .none
            else { return nil }
            return items[Int(owner)].type
        }
    }

    func text(of type: YHandle) -> String {
        var bytes: [UInt8] = []
        var item = types[Int(type)].start
        while item != .none {
            let element = items[Int(item)]
            if element.kind == .string, !element.isDeleted {
                bytes.append(contentsOf: clients[Int(element.client)].content[element.content])
            }
            item = element.right
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
