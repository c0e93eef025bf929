/// Who wrote a text: each item carries the client that made it.
extension YStore {
    /// What is visible, from left to right. Together the lengths are the text's.
    func authoredRuns(of type: YHandle) -> [YAuthoredRun] {
        var runs: [YAuthoredRun] = []
        var bytes: [UInt8] = []
        var author = YHandle.none
        var length = 0
        func flush() {
            guard length > 0 else { return }
            let text = String(decoding: bytes, as: UTF8.self)
            let client = clients[Int(author)].id
            runs.append(YAuthoredRun(text: text, client: client, length: length))
            bytes = []
            length = 0
        }
        for handle in list(of: type) where items[Int(handle)].isVisible {
            let item = items[Int(handle)]
            if item.client != author || item.kind != .string || bytes.isEmpty { flush() }
            author = item.client
            length += Int(item.length)
            if item.kind == .string {
                bytes.append(contentsOf: clients[Int(item.client)].content[item.content])
            }
        }
        flush()
        return runs
    }
}
