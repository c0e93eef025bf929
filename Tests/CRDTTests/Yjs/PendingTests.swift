import CRDT
import Testing

/// Updates that come before what they depend on.
struct PendingTests {
    /// One character after the other, as updates of their own.
    private func keystrokes(_ text: String) throws -> [YUpdate] {
        let author = YDocument()
        var updates: [YUpdate] = []
        for (index, character) in text.enumerated() {
            let update = try author.edit(client: 5) {
                try $0.insert(String(character), at: index, in: "t")
            }
            updates.append(try YUpdate(v1: #require(update)))
        }
        return updates
    }

    @Test("What depends on something missing waits for it")
    func waiting() throws {
        let updates = try keystrokes("abc")
        let document = YDocument()
        document.apply(updates[0])
        let change = document.apply(updates[2])
        #expect(!change.isChanged)
        #expect(change.missing?[client: 5] == 1)
        #expect(document.stateVector[client: 5] == 1)
        #expect(document.text("t") == "a")
        #expect(document.apply(updates[1]).missing == nil)
        #expect(document.text("t") == "abc")
        #expect(document.pendingSize == 0)
    }

    @Test("In reverse order everything waits for the first")
    func reverse() throws {
        let updates = try keystrokes("what waits")
        let document = YDocument()
        for update in updates.reversed() { document.apply(update) }
        #expect(document.text("t") == "what waits")
    }

    @Test("A state has what waits only when that is asked for")
    func waitingState() throws {
        let updates = try keystrokes("abc")
        let document = YDocument()
        document.apply(updates[2])
        #expect(try YUpdate(v1: document.encodeStateV1()).isEmpty)
        let other = YDocument()
        other.apply(updates[0])
        other.apply(updates[1])
        other.apply(try YUpdate(v1: document.encodeStateV1(includingPending: true)))
        #expect(other.text("t") == "abc")
        let third = YDocument()
        third.apply(YUpdate.merge([updates[0], updates[1]]))
        third.apply(try YUpdate(v2: document.encodeStateV2(includingPending: true)))
        #expect(third.text("t") == "abc")
    }

    @Test("More than the limit may not wait")
    func limit() throws {
        var limits = YLimits.server
        limits.pendingStructsMaximum = 1
        let document = YDocument(options: YDocumentOptions(limits: limits))
        let updates = try keystrokes("abcdef")
        try document.validate(updates[2])
        document.apply(updates[2])
        #expect(throws: YDecodingError.tooMuchPending) { try document.validate(updates[5]) }
    }

    @Test("Covering means that applying changes nothing")
    func covering() throws {
        let updates = try keystrokes("ab")
        let document = YDocument()
        document.apply(updates[0])
        #expect(document.covers(updates[0]))
        #expect(!document.covers(updates[1]))
        let delete = try YUpdate(v1: Hex.bytes("000105010001"))
        #expect(!document.covers(delete))
        document.apply(delete)
        #expect(document.covers(delete))
    }
}
