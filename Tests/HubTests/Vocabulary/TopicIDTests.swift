import Testing

@testable import Hub

@Suite("Topic ids")
struct TopicIDTests {
    @Test(
        "A well-formed id is taken as it is",
        arguments: [
            "room:general", "room:a", "user:ada@example.org", "room:dm:ada~bob", "room:A-Z_0.9/x:y",
            "room::", "user:auth0%7Cx", "room:dm:a%20b~c%7Ed",
            "room:" + String(repeating: "x", count: 250),
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
            "room:a\u{0}", "room:ä", "room:a\n", "room:a%", "room:a%7", "room:a%7c",
            "room:a%7Gx", "room:a+b", " room:a", "document:notes",
            "room:" + String(repeating: "x", count: 251),
        ]
    )
    func refuses(text: String) {
        let rejection = #expect(throws: Rejection.self) { try TopicID(text) }
        #expect(rejection?.code == .badTopic)
    }

    @Test(
        "A user's own topic is found from the user, and the user from it",
        arguments: [
            ("ada", "user:ada"), ("ada@example.org", "user:ada@example.org"),
            ("auth0|x", "user:auth0%7Cx"), ("a@b c", "user:a@b%20c"), ("a~b", "user:a%7Eb"),
            ("100%", "user:100%25"), ("%7C", "user:%257C"), ("a:b/c", "user:a:b/c"),
            ("\"<&>\\", "user:%22%3C%26%3E%5C"),
        ]
    )
    func users(user: String, text: String) throws {
        let id = try TopicID(of: user)
        #expect(id.text == text)
        #expect(try TopicID(text).user == user)
        #expect(try TopicID(.room, String(id.name)).user == nil)
    }

    @Test("A direct room's name says of whom it is, whatever is in their ids")
    func directNames() throws {
        #expect(TopicID.directName(of: ["bob", "ada"]) == "dm:ada~bob")
        #expect(TopicID.directName(of: ["b|c", "a~b", "b"]) == "dm:a%7Eb~b~b%7Cc")
        #expect(TopicID.directName(of: ["a~b", "c"]) != TopicID.directName(of: ["a", "b", "c"]))
    }
}
