import Hub
import Testing

/// If these fail, a node's disk fills with documents that are edited elsewhere.
@Suite("What other nodes store in topics that nobody opens here")
struct UnattendedTests {
    /// All that was written elsewhere, as one update.
    private func writing() async throws -> [UInt8] {
        let origin = TopicBench(settings: .shared)
        for number in 0..<20 {
            let text = String(repeating: "\(number % 10)", count: 60_000)
            let insertion: JSON = [
                "op": "insert", "root": "content", "index": 0, "text": .string(text),
            ]
            let reply = try await origin.perform(
                "edit",
                to: "doc:d",
                ["operations": .array([insertion])]
            )
            _ = try #require(reply).get()
        }
        let state = try #require(try await origin.perform("state", to: "doc:d")).get()
        return try #require(state["state"]?.binary)
    }

    @Test("A document's log stays small also where nobody opens it")
    func document() async throws {
        let topic = try TopicID("doc:d")
        let bench = TopicBench(settings: .shared)
        let draft = Draft(
            id: RecordID(7),
            author: "ada",
            at: Timestamp(milliseconds: 1_795_400_000_000),
            key: nil,
            type: DocumentEvent.updateType,
            payload: try await writing(),
            isBinary: true
        )
        let records = try await bench.journal.append([draft], to: topic, expecting: nil)
        bench.router.absorb(records, in: topic)
        var first: Offset = 1
        for _ in 0..<500 where first == 1 {
            var rounds = 0
            _ = await bench.lane.run {
                rounds += 1
                return rounds > 10
            }
            first = try await bench.journal.read(topic, after: 0, limit: 1).first?.offset ?? 0
        }
        #expect(first != 1)
        let snapshot = try #require(try await bench.journal.snapshot(of: topic))
        #expect(snapshot.offset == 1)
    }
}
