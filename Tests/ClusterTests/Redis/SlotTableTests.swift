import Testing

@testable import Cluster

@Suite("The table of slots")
struct SlotTableTests {
    private let asked = RedisEndpoint(host: "10.0.0.9", port: 7000)

    private func range(
        _ first: Int64,
        _ last: Int64,
        _ host: RedisValue,
        _ port: Int64
    )
        -> RedisValue
    {
        .array([
            .integer(first), .integer(last),
            .array([host, .integer(port), .bytes([UInt8]("id"))]),
            .array([.bytes([UInt8]("replica")), .integer(1), .bytes([UInt8]("id"))]),
        ])
    }

    @Test("Ranges are read, and a master without a host is where the question was asked")
    func reads() throws {
        let value = RedisValue.array([
            range(0, 99, .bytes([UInt8]("a")), 1), range(100, 16382, .null, 2),
            range(16383, 16383, .bytes([]), 3),
        ])
        let table = try #require(SlotTable(value, askedAt: asked))
        #expect(table[try #require(KeySlot(99))] == RedisEndpoint(host: "a", port: 1))
        #expect(table[try #require(KeySlot(100))] == RedisEndpoint(host: "10.0.0.9", port: 2))
        #expect(table[try #require(KeySlot(16383))]?.port == 3)
        #expect(table.isComplete && table.endpoints.count == 3)
    }

    @Test("What is malformed is left out, and no answer is no table")
    func leavesOut() throws {
        let value = RedisValue.array([
            range(0, 16384, .null, 1), range(-1, 5, .null, 1), range(9, 8, .null, 1),
            range(1, 2, .null, 70000), .integer(4), .array([]), range(7, 7, .null, 1),
        ])
        let table = try #require(SlotTable(value, askedAt: asked))
        #expect(!table.isComplete && table.endpoints == [RedisEndpoint(host: "10.0.0.9", port: 1)])
        let (seventh, first) = (try #require(KeySlot(7)), try #require(KeySlot(1)))
        #expect(table[seventh] != nil && table[first] == nil)
        #expect(SlotTable(.error(RedisServerError("ERR no")), askedAt: asked) == nil)
    }

    @Test("Masters without end are left out")
    func isBounded() throws {
        let slot = try #require(KeySlot(5))
        var table = try #require(SlotTable(.array([]), askedAt: asked))
        for number in 0..<5000 {
            table[slot] = RedisEndpoint(host: "h\(number)", port: 1)
            if number == 0 { #expect(table[slot]?.host == "h0") }
        }
        #expect(table[slot] == nil && table.endpoints.isEmpty)
    }

    @Test("A redirection is read, IPv6 addresses and missing hosts included")
    func readsRedirections() throws {
        func place(_ text: String) -> Redirection? {
            Redirection(RedisServerError(text), from: asked)
        }
        #expect(place("MOVED 3999 127.0.0.1:6381")?.endpoint.description == "127.0.0.1:6381")
        #expect(place("ASK 1 ::1:6381")?.endpoint == RedisEndpoint(host: "::1", port: 6381))
        #expect(place("MOVED 1 :6381")?.endpoint == RedisEndpoint(host: "10.0.0.9", port: 6381))
        for text in ["MOVED", "MOVED 1", "MOVED x a:1", "MOVED 16384 a:1", "MOVED 1 a:b"] {
            #expect(place(text) == nil)
        }
    }
}
