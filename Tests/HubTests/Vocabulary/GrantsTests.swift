import Testing

@testable import Hub

@Suite("Grants")
struct GrantsTests {
    @Test(
        "A pattern matches as a glob with stars",
        arguments: [
            ("*", "room:general", true), ("room:*", "room:general", true),
            ("room:*", "rooms:x", false), ("room:*", "user:ada", false),
            ("room:general", "room:general", true), ("room:general", "room:general2", false),
            ("room:general", "room:genera", false), ("*:general", "room:general", true),
            ("room:team-*-private", "room:team-a-private", true),
            ("room:team-*-private", "room:team-a-b-private", true),
            ("room:team-*-private", "room:team-private", false),
            ("room:*a*b", "room:xxaxxb", true), ("room:*a*b", "room:xxbxxa", false),
            ("room:**", "room:", true), ("", "", true), ("", "room:a", false),
            ("**", "", true), ("a", "", false), ("*ab", "aab", true), ("*aab", "aaaab", true),
        ]
    )
    func globs(pattern: String, topic: String, isMatch: Bool) {
        let grants = Grants(rules: [Grants.Rule(pattern: pattern, actions: ["join"])])
        #expect(grants.allow("join", on: topic) == isMatch)
        #expect(!grants.allow("post", on: topic))
    }

    @Test("A pattern made to backtrack ends soon")
    func pathological() {
        let pattern = String(repeating: "*a", count: 500) + "*b"
        let topic = String(repeating: "a", count: 5000)
        let grants = Grants(rules: [Grants.Rule(pattern: pattern, actions: ["*"])])
        #expect(!grants.allow("join", on: topic))
        #expect(grants.allow("join", on: topic + "b"))
    }

    @Test("All actions don't include moderate, which is granted by name")
    func moderate() {
        #expect(Grants.everything.allow("post", on: "room:a"))
        #expect(!Grants.everything.moderates("room:a"))
        let rule = Grants.Rule(pattern: "room:a*", actions: ["moderate"])
        #expect(Grants(rules: [rule]).moderates("room:ab"))
        #expect(!Grants(rules: [rule]).moderates("room:b"))
        #expect(!Grants.nothing.allow("join", on: "room:a"))
    }
}
