import Testing

@testable import Hub

@Suite("Topic ids")
struct TopicIDTests {
    @Test(
        "A well-formed id is taken as it is",
        arguments: [
            "room:general", "room:a", "user:ada@example.org", "room:dm:ada~bob", "room:A-Z_0.9/x:y",
            "room::", "room:" + String(repeating: "x", count: 250),
        ]
    )
    func accepts(text: String) throws {
        let id = try TopicID(text)
        #expect(id.text == text)
        #expect("\(id.kind.rawValue):\(id.name)" == text)
        #expect(try TopicID(id.kind, id.name) == id)
    }

    @Test(
        "A malformed id or an unknown kind is refused",
        arguments: [
            "", ":", "room", "room:", ":general", "Room:general", "rooms:general", "room:a b",
            "room:a\u{0}", "room:ä", "room:a\n", "room:a%", "room:a+b", " room:a", "doc:notes",
            "room:" + String(repeating: "x", count: 251),
        ]
    )
    func refuses(text: String) {
        let rejection = #expect(throws: Rejection.self) { try TopicID(text) }
        #expect(rejection?.code == .badTopic)
    }
}
