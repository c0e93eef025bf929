import Hub
import Testing

@testable import Gateway

@Suite("Grants")
struct GrantsTests {
    private func principal(_ line: String) throws -> Principal {
        Principal(user: "ada", isGuest: false, grants: try #require(GrantsClaim.parse(line: line)))
    }

    @Test(
        "An action needs a grant of its name, of *, or of what implies it",
        arguments: [
            ("room:*=join,post", "join", "room:a", true),
            ("room:*=join,post", "post", "room:a", true),
            ("room:*=join,post", "history", "room:a", true),
            ("room:*=join,post", "typing", "room:a", true),
            ("room:*=join,post", "react", "room:a", false),
            ("room:*=join", "post", "room:a", false),
            ("room:*=join", "edit", "room:a", false),
            ("room:*=post", "history", "room:a", false),
            ("room:a=*", "react", "room:a", true),
            ("room:a=*", "react", "room:ab", false),
            ("room:a-*=*", "post", "room:a-b", true),
            ("room:*-staff=*", "post", "room:a-staff", true),
            ("room:*-staff=*", "post", "room:a-staffer", false),
            ("room:*=join; room:a=kick", "kick", "room:a", true),
            ("room:*=join; room:a=kick", "kick", "room:b", false),
            ("room:*=moderate", "ban", "room:b", true),
            ("room:*=moderate", "post", "room:b", false),
            ("room:x=join", "leave", "room:a", true),
            ("room:x=join", "exit", "room:a", true),
            ("*=*", "join", "user:ada", true),
            ("*=*", "join", "user:bob", false),
            ("room:x=join", "join", "user:ada", true),
            ("*=join,post", "delete", "room:a", true),
            ("*=join,post", "delete", "doc:a", false),
            ("doc:*=delete", "delete", "doc:a", true),
            ("*=*", "join", "orders:ada", true),
            ("*=*", "join", "orders:~all", false),
            ("order:a=manage; orders:*=join", "join", "orders:~all", false),
            ("order:*=manage", "join", "orders:~all", true),
        ]
    )
    func table(line: String, action: String, topic: String, isAllowed: Bool) throws {
        let principal = try principal(line)
        let topic = try TopicID(topic)
        #expect(ActionGrants.allow(action, on: topic, for: principal) == isAllowed)
    }

    @Test("A grant of everything makes nobody a moderator")
    func moderate() throws {
        #expect(!(try principal("*=*")).grants.moderates("room:a"))
        #expect(try principal("room:*=moderate").grants.moderates("room:a"))
    }

    @Test("The claim and its short form say the same")
    func forms() throws {
        let claim: JSON = ["room:*": ["join", "post"], "item:*": ["join"]]
        let grants = try GrantsClaim.parse(claim)
        #expect(grants == GrantsClaim.parse(line: " room:* = join, post ;item:*=join"))
        #expect(try GrantsClaim.parse(GrantsClaim.json(grants)) == grants)
        #expect(GrantsClaim.parse(line: "") == .nothing)
    }

    @Test("Claims of another shape or beyond the bounds are refused")
    func malformed() {
        let many = (0..<65).map { JSON.Member("room:\($0)", ["join"]) }
        let actions = JSON.array(
            (0..<65).map { .string("a" + String(repeating: "b", count: $0 % 60)) }
        )
        let claims: [JSON] = [
            "all", ["join"], 7, true, ["room:*": "join"], ["room:*": ["join", 7]],
            ["room:*": ["Join"]], ["room:*": [""]], ["room:*": ["a b"]], ["": ["join"]],
            ["room: a": ["join"]], .object(many), ["room:*": actions],
            .object([JSON.Member(String(repeating: "x", count: 256), ["join"])]),
        ]
        for claim in claims {
            #expect(throws: Rejection.self, "\(claim)") { _ = try GrantsClaim.parse(claim) }
        }
        for line in ["join", "room:*", "room:*=", "=join", "room:*=a=b", "room:*=JOIN", "a b=join"]
        {
            #expect(GrantsClaim.parse(line: line) == nil, "\(line)")
        }
        #expect((try? GrantsClaim.parse(.object(Array(many.prefix(64))))) != nil)
    }
}
