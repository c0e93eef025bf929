import Hub
import Storage
import Testing
import TimeSeries

/// If these fail, what is exported of metric streams lacks their past.
@Suite("Exports of metric streams")
struct StreamRoundTripTests {
    private static func export(_ directory: String) throws -> [[UInt8]] {
        var bytes: [UInt8] = []
        try Inspection.open(directory: directory).export { piece throws(StorageError) in
            bytes += piece
        }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private static func read(_ lines: [[UInt8]], into store: Store) async throws -> ImportSummary {
        var rest = lines[...]
        return try await store.importRecords { () throws(StorageError) in rest.popFirst() }
    }

    @Test("An import has all samples, put away or not, and goes on taking more")
    func roundTrip() async throws {
        let scratch = try Scratch()
        let now = Store.systemTime().milliseconds
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = StreamDesk(store)
        try await desk.push(1500, series: 12, endingAt: now - 10_000)
        await desk.putAway()
        let all = try await desk.all()
        #expect(all.count == 12)
        #expect(all.values.allSatisfy { $0.count == 1500 })
        await store.close()
        let lines = try Self.export(scratch.path("data"))
        #expect(lines.contains { $0.starts(with: #"{"block":"#.utf8) })

        let copy = try Store.open(directory: scratch.path("copy"), durability: .os)
        _ = try await Self.read(lines, into: copy)
        let copied = StreamDesk(copy)
        #expect(try await copied.all() == all)
        try await copied.push(5, series: 13, endingAt: now)
        await copied.putAway()
        let more = try await copied.all()
        #expect(more.count == 13)
        #expect(more.values.map(\.count).sorted() == [5] + Array(repeating: 1505, count: 12))
        await copy.close()
    }

    @Test("A hub that has samples refuses those of another, and says why")
    func refusal() async throws {
        let scratch = try Scratch()
        let now = Store.systemTime().milliseconds
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        try await StreamDesk(store).push(3, series: 4, endingAt: now)
        await store.close()
        let lines = try Self.export(scratch.path("data"))
        let other = try Store.open(directory: scratch.path("other"), durability: .os)
        let desk = StreamDesk(other)
        try await desk.push(2, series: 4, endingAt: now)
        let before = try await desk.all()
        do {
            _ = try await Self.read(lines, into: other)
            Issue.record("The import was taken.")
        } catch let error as StorageError {
            #expect("\(error)".contains("has samples here already"), "\(error)")
        }
        #expect(try await desk.all() == before)
        await other.close()
    }

    @Test("A block that is none, or stands in no shard, is refused with its line")
    func malformed() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let header = Array(#"{"martlet":"export","version":1}"#.utf8)
        let room = Array(#"{"topic":"room:a","epoch":"k3","records":0}"#.utf8)
        let shard = Array(#"{"topic":"stream:~1","epoch":"k3","records":0}"#.utf8)
        let block = #"{"block":1,"series":1,"tier":0,"stands":0,"start":5,"end":9,"count":2,"#
        for (topic, line) in [
            (room, block + #""samples":"AAAA"}"#), (shard, block + #""samples":7}"#),
            (shard, #"{"block":1,"series":0}"#),
        ] {
            await #expect(throws: StorageError.self) {
                _ = try await Self.read([header, topic, Array(line.utf8)], into: store)
            }
        }
        await store.close()
    }
}
