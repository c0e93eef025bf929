import CRDT
import Testing

/// Edits by the server, and what others make of them.
struct EditingTests {
    private let document = YDocument()

    /// Edits the document, and brings another one to the same state by the updates alone.
    private func edit(
        _ twin: YDocument,
        _ body: (inout YEdit) throws -> Void
    ) throws {
        let update = try #require(try document.edit(client: 7, body))
        twin.apply(try YUpdate(v1: update))
        #expect(twin.encodeStateV1() == document.encodeStateV1())
    }

    @Test("Text takes the attributes that hold at its place")
    func inheritedAttributes() throws {
        let twin = YDocument()
        try edit(twin) { edit in
            try edit.insert("plain", at: 0, in: "t")
            try edit.insert("bold", at: 5, in: "t", attributes: [YMember(key: "b", value: true)])
        }
        try edit(twin) { try $0.insert("er", at: 9, in: "t") }
        #expect(
            twin.delta("t") == [
                YDeltaOperation(insert: .text("plain")),
                YDeltaOperation(
                    insert: .text("bolder"),
                    attributes: [YMember(key: "b", value: true)]
                ),
            ]
        )
    }

    @Test("A format over an older one leaves nothing of that within its range")
    func formatOverFormat() throws {
        let twin = YDocument()
        try edit(twin) { edit in
            try edit.insert("abcdef", at: 0, in: "t")
            try edit.format(1..<4, in: "t", attributes: [YMember(key: "c", value: "red")])
            try edit.format(2..<6, in: "t", attributes: [YMember(key: "c", value: "blue")])
            try edit.format(0..<3, in: "t", attributes: [YMember(key: "c", value: .null)])
        }
        #expect(
            twin.delta("t") == [
                YDeltaOperation(insert: .text("abc")),
                YDeltaOperation(
                    insert: .text("def"),
                    attributes: [YMember(key: "c", value: "blue")]
                ),
            ]
        )
    }

    @Test("Setting a text keeps its common head and tail, and tears no surrogate pair")
    func setText() throws {
        let twin = YDocument()
        try edit(twin) { try $0.insert("say 😀 to all", at: 0, in: "t") }
        let before = document.statistics.structs
        try edit(twin) { try $0.setText("say 😃 to all", in: "t") }
        #expect(twin.text("t") == "say 😃 to all")
        #expect(document.statistics.structs == before + 3)
        #expect(try document.edit(client: 7) { try $0.setText("say 😃 to all", in: "t") } == nil)
    }

    @Test("Maps, arrays and nested types are read as they were written")
    func nestedTypes() throws {
        let twin = YDocument()
        try edit(twin) { edit in
            try edit.set("n", to: 1, in: "m")
            try edit.set("n", to: 2, in: "m")
            let list = try edit.setType("list", to: .array, in: "m")
            try edit.push([1, "two", .bytes([3])], in: list)
            try edit.insert([0.5], at: 0, in: list)
            try edit.delete(1..<2, in: list)
            try edit.set("gone", to: .null, in: "m")
            try edit.remove("gone", in: "m")
        }
        #expect(
            twin.json("m", as: .map) == ["n": 2, "list": [.float32(0.5), "two", .bytes([3])]]
        )
        let list = try #require(twin.child("list", of: "m"))
        #expect(twin.kind(of: list) == .array)
        #expect(twin.length(of: list) == 3)
    }

    @Test("XML is escaped")
    func xml() throws {
        let twin = YDocument()
        try edit(twin) { edit in
            let element = try edit.insertType(.xmlElement("P"), at: 0, in: "x")
            try edit.setAttribute("title", to: "\"<&", in: element)
            let text = try edit.insertType(.xmlText, at: 0, in: element)
            try edit.insert("1 < 2", at: 0, in: text)
            try edit.format(0..<1, in: text, attributes: [YMember(key: "b", value: true)])
        }
        #expect(twin.xml("x") == "<p title=\"&quot;&lt;&amp;\"><b>1</b> &lt; 2</p>")
    }

    @Test("An edit that fails changes nothing")
    func failingEdit() throws {
        _ = try document.edit(client: 7) { try $0.insert("abc", at: 0, in: "t") }
        let before = document.encodeStateV1()
        #expect(throws: YEditError.outOfBounds) {
            try document.edit(client: 7) { (edit: inout YEdit) throws(YEditError) in
                try edit.insert("x", at: 1, in: "t")
                try edit.delete(2..<9, in: "t")
            }
        }
        #expect(document.encodeStateV1() == before)
        #expect(document.text("t") == "abc")
    }

    @Test("No edit cuts a character in two")
    func insideCharacter() throws {
        _ = try document.edit(client: 7) { try $0.insert("x😀y", at: 0, in: "t") }
        #expect(throws: YEditError.insideCharacter) {
            try document.edit(client: 7) { (edit: inout YEdit) throws(YEditError) in
                try edit.delete(0..<2, in: "t")
            }
        }
        #expect(document.text("t") == "x😀y")
    }

    @Test("An edit without effect leaves the document as it was, cuts and all")
    func noEffect() throws {
        _ = try document.edit(client: 7) { try $0.insert("abc", at: 0, in: "t") }
        let update = try document.edit(client: 7) { edit in
            try edit.format(1..<2, in: "t", attributes: [YMember(key: "b", value: .null)])
        }
        #expect(update == nil)
        #expect(document.statistics.structs == 1)
    }
}
