/// A text in runs of the same attributes.
extension YStore {
    func delta(of type: YHandle) -> [YDeltaOperation] {
        var operations: [YDeltaOperation] = []
        var attributes = YAttributes()
        var run: [UInt8] = []
        func flush() {
            guard !run.isEmpty else { return }
            let text = YDeltaOperation.Insert.text(String(decoding: run, as: UTF8.self))
            operations.append(YDeltaOperation(insert: text, attributes: attributes.members))
            run = []
        }
        for handle in list(of: type) where !items[Int(handle)].isDeleted {
            let item = items[Int(handle)]
            switch item.kind {
            case .string:
                run.append(contentsOf: clients[Int(item.client)].content[item.content])
            case .format:
                flush()
                attributes.set(format(of: item))
            case .embed, .type:
                flush()
                let insert: YDeltaOperation.Insert? =
                    item.kind == .embed
                    ? .embed(embed(of: item)) : reference(toTypeIn: handle).map { .type($0) }
                guard let insert else { continue }
                operations.append(YDeltaOperation(insert: insert, attributes: attributes.members))
            case .gc, .deleted, .json, .binary, .any, .document, .skip:
                continue
            }
        }
        flush()
        return operations
    }
}
