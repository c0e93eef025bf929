import Hub
import Testing

/// If these fail, live charts miss points, show others' or show them twice.
@Suite("Views of streams")
struct StreamViewTests {
    private let bench = StreamBench()
    private let seats = RecordingSeats()

    /// All samples that were shown so far: series, time and value.
    private func shown() throws -> [[Double]] {
        try seats.notes.ephemeral.flatMap { update in
            let data = try JSONParser.parse(update.payload)
            return data["samples"]?.array?.map { $0.array?.compactMap(\.number) ?? [] } ?? []
        }
    }

    private func waitUntilShown(_ count: Int) async throws {
        try await wait { try shown().count >= count }
    }

    private func wait(until condition: () throws -> Bool) async throws {
        for _ in 0..<1000 where try !condition() {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("Each sample that comes slower than updates go out is shown, once and in order")
    func order() async throws {
        try await bench.push("cpu", ["host": "a"], 0)
        let state = try await bench.join("stream:cpu", seats)["state"]
        #expect(state?["series"]?.array?.count == 1)
        let values = state?["series"]?.array?.first?["values"]?.array
        #expect(values?.compactMap(\.number) == [0])
        var expected: [[Double]] = []
        for value in 1...4 {
            bench.clock.advance(by: 1000)
            try await bench.push("cpu", ["host": "a"], Double(value))
            try await bench.push("memory", ["host": "a"], 77)
            expected.append([0, Double(bench.clock.time.milliseconds), Double(value)])
            try await waitUntilShown(value)
        }
        #expect(try shown() == expected)
    }

    @Test("A series that begins later is announced with its first sample")
    func later() async throws {
        try await bench.push("cpu", ["host": "a"], 1)
        _ = try await bench.join("stream:cpu", seats)
        bench.clock.advance(by: 1000)
        try await bench.push("cpu", ["host": "b"], 2)
        try await waitUntilShown(1)
        let update = try #require(seats.notes.ephemeral.first)
        let data = try JSONParser.parse(update.payload)
        #expect(data["added"]?.array?.first?["labels"]?["host"] == "b")
        #expect(data["added"]?.array?.first?["id"] == data["samples"]?.array?.first?.array?.first)
    }

    @Test("Who joins before there is anything sees the first sample")
    func early() async throws {
        let state = try await bench.join("stream:cpu%7Bhost%3D%22a%22%7D", seats)["state"]
        #expect(state?["series"] == [])
        try await bench.push("cpu", ["host": "b"], 1)
        try await bench.push("cpu", ["host": "a"], 2)
        try await waitUntilShown(1)
        #expect(try shown().map(\.last) == [2])
    }

    @Test("Who conflates is shown the newest only")
    func conflating() async throws {
        try await bench.push("cpu", [:], 0)
        _ = try await bench.join("stream:cpu", seats, conflates: true)
        // The first that is due is shown; those that follow within a second are one.
        try await bench.push("cpu", [:], 1, at: StreamBench.start + 1)
        try await waitUntilShown(1)
        for value in 2...4 {
            try await bench.push("cpu", [:], Double(value), at: StreamBench.start + Int64(value))
        }
        bench.clock.advance(by: 1500)
        try await bench.push("cpu", [:], 5, at: StreamBench.start + 5)
        try await waitUntilShown(2)
        #expect(try shown().map(\.last) == [1, 5])
    }

    @Test("A series that a later member's snapshot brought is announced to the others")
    func announced() async throws {
        try await bench.push("cpu", ["host": "a"], 0)
        _ = try await bench.join("stream:cpu", seats)
        bench.clock.advance(by: 1000)
        try await bench.push("cpu", ["host": "a"], 1)
        try await waitUntilShown(1)
        // Before the next update is due.
        try await bench.push("cpu", ["host": "b"], 2)
        let state = try await bench.join("stream:cpu", seats, connection: 2)["state"]
        #expect(state?["series"]?.array?.count == 2)
        try await waitUntilShown(2)
        let added = try seats.notes.ephemeral.flatMap { update in
            try JSONParser.parse(update.payload)["added"]?.array ?? []
        }
        #expect(added.map { $0["labels"]?["host"] } == ["b"])
    }

    @Test("Updates name the one before them: of all, or of those for members that conflate")
    func chain() async throws {
        try await bench.push("cpu", [:], 0)
        _ = try await bench.join("stream:cpu", seats)
        _ = try await bench.join("stream:cpu", seats, connection: 2, conflates: true)
        for value in 1...8 {
            bench.clock.advance(by: 400)
            try await bench.push("cpu", [:], Double(value))
            try await wait { seats.notes.states.count { !$0.isConflated } >= value }
        }
        for isConflated in [false, true] {
            let updates = try seats.notes.states.filter { $0.isConflated == isConflated }
                .map { try JSONParser.parse($0.state.payload) }
            #expect(updates.count >= 3)
            let times = updates.map { $0["at"]?.int }
            #expect(updates.map { $0["from"]?.int } == [0] + times.dropLast())
        }
    }

    @Test(
        "A topic names what it selects: nothing in it goes without meaning",
        arguments: [
            ("stream:cpu%23_public", false), ("stream:%28cpu%29", false), ("stream:%20cpu", false),
            ("stream:%7Ba%3D%22x%23y%22%7D", true), ("stream:%7Ba%3D%22%5C%22%23%22%7D", true),
        ]
    )
    func plain(topic: String, isGood: Bool) async throws {
        do {
            _ = try await bench.join(topic, seats)
            #expect(isGood)
        } catch {
            #expect(!isGood)
        }
    }

    @Test("Who has left is shown nothing, and who comes back is")
    func leaving() async throws {
        try await bench.push("cpu", [:], 0)
        _ = try await bench.join("stream:cpu", seats)
        let topic = try TopicID("stream:cpu")
        bench.router.submit(Leave(connection: ConnectionID(1), isAbrupt: false), to: topic)
        let others = RecordingSeats()
        _ = try await bench.join("stream:cpu", others, connection: 2)
        bench.clock.advance(by: 1000)
        try await bench.push("cpu", [:], 1)
        try await wait { !others.notes.ephemeral.isEmpty }
        #expect(others.notes.ephemeral.count == 1)
        #expect(seats.notes.ephemeral.isEmpty)
    }
}
