import Testing

@testable import Hub

@Suite("Mentions")
struct MentionsTests {
    private static let cases: [(String, [String])] = [
        ("", []), ("hi", []), ("@", []), ("@ada", ["ada"]), ("hi @ada!", ["ada"]),
        ("@ada @bob @ada", ["ada", "bob"]), ("@ada, @bob: (@eve)", ["ada", "bob", "eve"]),
        ("@ada.", ["ada"]), ("@ada...", ["ada"]), ("@a.b-c_d-", ["a.b-c_d"]), ("@.", []),
        ("me@example.org", []), ("é@ada", []), ("a.@ada", []), ("\n@ada\n", ["ada"]),
        ("@@ada", ["ada"]), ("@ada@bob", ["ada"]), ("@é", []), ("@adaé", ["ada"]),
        ("@all @channel @here @allan", ["allan"]), ("👍 @ada", ["ada"]), ("@Ada", ["Ada"]),
        ("@" + String(repeating: "x", count: 129), []),
    ]

    @Test("Names after an at sign that begins a word are found", arguments: cases)
    func finds(content: String, names: [String]) {
        #expect(Mentions.parse(content) == names)
    }

    @Test("A message mentions at most fifty")
    func bounded() {
        let content = (0..<200).map { "@user\($0)" }.joined(separator: " ")
        #expect(Mentions.parse(content) == (0..<50).map { "user\($0)" })
        #expect(Mentions.parse(String(repeating: "@", count: 16 << 10)) == [])
    }
}
