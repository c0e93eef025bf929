import Hub
import Storage
import Testing

/// What words find, whatever a person types.
@Suite struct SearchTests {
    private static let contents = [
        "Das Café öffnet um neun", "naïve résumé", "deploy the RELEASE today",
        "AND OR NOT NEAR", "it's \"well\" - said: (a OR b)*", "thumbs 👍 up", "Straße 42",
        "don't panic", "привет мир", "東京",
    ]

    @Test(
        "Words are found whatever their case and accents, and nothing is an operator",
        arguments: [
            ("cafe", [0]), ("CAFÉ", [0]), ("resume naive", [1]), ("résumé", [1]),
            ("release deploy", [2]), ("depl", [2]), ("de", []), ("deployment", []),
            ("and", [3]), ("AND OR", [3]), ("NOT", [3]), ("NEAR(and, or)", [3]), ("OR", [3, 4]),
            ("\"well\"", [4]), ("\"deploy the\"", [2]), ("\"the deploy\"", []),
            ("\"well", [4]), ("said:", [4]), ("content:said", []), ("scope : r1", []),
            ("(a", [4]), ("a*", [4]), ("^das", [0]), ("{das}", [0]), ("-das", [0]),
            ("👍", [5]), ("42", [6]), ("straße", [6]), ("don't", [7]), ("приве", [8]),
            ("東京", [9]), ("\u{1FAE0} das", []), ("", []), ("  ", []), ("\"", []), ("\"\"", []),
            ("***", []), ("\u{0}", []), ("'; --", []),
        ] as [(String, [Int])]
    )
    func words(query: String, expected: [Int]) async throws {
        let hits = try await Self.search(query)
        let found = hits.hits.compactMap { hit in
            Self.contents.indices.first { Self.id($0) == hit.message.id }
        }
        #expect(found.sorted() == expected, "\(query.debugDescription)")
    }

    @Test("A snippet marks the words that were found")
    func snippet() async throws {
        let hits = try await Self.search("release depl")
        #expect(hits.hits.first?.snippet == "\u{2}deploy\u{3} the \u{2}RELEASE\u{3} today")
    }

    private static func id(_ index: Int) -> RecordID { RecordID(Int64(index) + 10) }

    private static func search(_ words: String) async throws -> SearchPage {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let room = try TopicID(.room, "talk")
        let drafts = contents.enumerated().map { index, content in
            let message = Message(
                id: id(index),
                room: "talk",
                user: "ada",
                content: content,
                kind: .text,
                timestamp: Timestamp(milliseconds: 5),
                number: Int64(index) + 1
            )
            return Draft(
                id: message.id,
                author: "ada",
                at: message.timestamp,
                key: nil,
                event: ChatEvent.message(message)
            )
        }
        _ = try await store.journal.append(drafts, to: room, expecting: nil)
        let query = SearchQuery(
            words: words,
            user: "bob",
            topic: nil,
            author: nil,
            before: nil,
            limit: 100
        )
        let page = try await store.archive.search(query)
        await store.close()
        return page
    }
}
