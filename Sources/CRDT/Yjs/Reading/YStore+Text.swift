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

    /// The name of the type that an item holds, if it holds one and is not deleted.
    func reference(toTypeIn item: YHandle) -> YTypeReference? {
        let owner = items[Int(item)]
        guard owner.type != .none, !owner.isDeleted else { return nil }
        return .nested(client: clients[Int(owner.client)].id, clock: UInt64(owner.clock))
    }

    func list(of type: YHandle) -> YItemList {
        YItemList(items, from: types[Int(type)].start)
    }

    func text(of type: YHandle) -> String {
        var bytes: [UInt8] = []
        for item in list(of: type) {
            let element = items[Int(item)]
            if element.kind == .string, !element.isDeleted {
                bytes.append(contentsOf: clients[Int(element.client)].content[element.content])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func string(of item: YItem) -> String {
        String(decoding: clients[Int(item.client)].content[item.content], as: UTF8.self)
    }
}
