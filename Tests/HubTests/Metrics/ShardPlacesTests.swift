import Testing
import TimeSeries

@testable import Hub

/// If these fail, nodes number series in each other's logs, or don't see each other's samples.
@Suite("Which node has which shards")
struct ShardPlacesTests {
    @Test("A node pushes into shards of its own, and knows of the others' by their records")
    func places() throws {
        let places = ShardPlaces()
        #expect(places.ownShards == 0..<8)
        places.own = 3
        #expect(places.ownShards == 24..<32)
        #expect(places.all == Array(0..<8) + Array(24..<32))
        #expect(places.note(try TopicID("stream:~17")) == 17)
        #expect(places.all == Array(0..<8) + Array(16..<32))
        for text in ["stream:cpu", "stream:~", "stream:~9999", "stream:~-1", "room:~1"] {
            #expect(places.note(try TopicID(text)) == nil)
        }
        places.own = 5000
        #expect(places.own == 3)
    }

    @Test("What is in the log is found")
    func found() async throws {
        let journal = InMemoryJournal()
        for shard in ["stream:~9", "stream:~47"] {
            let draft = Draft(
                id: RecordID(1),
                author: "hub",
                at: Timestamp(milliseconds: 0),
                key: nil,
                event: MetricShardEvent.samples([])
            )
            _ = try await journal.append([draft], to: try TopicID(shard), expecting: nil)
        }
        let places = ShardPlaces()
        try await places.find(in: journal)
        #expect(places.all == Array(0..<16) + Array(40..<48))
    }

    @Test("A series of several nodes is one, its samples by time and each time once")
    func merging() {
        func columns(_ name: String, _ samples: [(Int64, Double)]) -> SeriesColumns {
            SeriesColumns(
                labels: Labels([("__name__", name)]),
                times: samples.map(\.0),
                values: samples.map(\.1)
            )
        }
        let merged = SeriesColumns.merged([
            columns("a", [(1, 1), (3, 3), (5, 5)]), columns("b", [(1, 9)]),
            columns("a", [(2, 2), (3, 30), (9, 9)]), columns("a", []),
        ])
        #expect(merged.count == 2)
        #expect(merged[0].times == [1, 2, 3, 5, 9])
        #expect(merged[0].values == [1, 2, 30, 5, 9])
        #expect(merged[1].times == [1])
    }
}
