import Testing

@testable import Hub

/// If these fail, retries cost a read each, or remembering them costs the memory of all that came.
@Suite("Keys that are remembered")
struct RecentKeysTests {
    private static func record(_ key: String, bytes: Int = 10) -> Record {
        Record(
            id: RecordID(1),
            offset: 1,
            author: "ada",
            at: Timestamp(milliseconds: 1),
            key: key,
            type: "t",
            payload: [UInt8](repeating: 0x20, count: bytes)
        )
    }

    @Test("The oldest go first, by number and by bytes")
    func bounds() {
        var keys = RecentKeys(maximum: 3, bytesMaximum: 100)
        for number in 1...4 { keys.remember(Self.record("k\(number)")) }
        #expect(keys.record(by: "ada", key: "k1") == nil)
        #expect(keys.record(by: "ada", key: "k2") != nil)
        keys.remember(Self.record("large", bytes: 85))
        #expect(keys.record(by: "ada", key: "k3") == nil)
        #expect(keys.record(by: "ada", key: "k4") != nil)
        #expect(keys.record(by: "ada", key: "large") != nil)
        keys.remember(Self.record("too large", bytes: 101))
        #expect(keys.record(by: "ada", key: "too large") == nil)
        #expect(keys.record(by: "ada", key: "large") != nil)
    }
}
