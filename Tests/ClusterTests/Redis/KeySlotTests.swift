import Testing

@testable import Cluster

@Suite("Hash slots")
struct KeySlotTests {
    // Of the cluster specification: the checksum of 123456789 is 31C3.
    @Test(
        "A key has the slot of the specification",
        arguments: [
            ("123456789", 0x31C3), ("", 0), ("foo", 12182), ("somekey", 11058),
            ("{user1000}.following", 3443), ("{user1000}.followers", 3443),
            ("foo{hash_tag}", 2515), ("foo{{bar}}zap", 4015), ("foo{bar}{zap}", 5061),
        ]
    )
    func hashes(key: String, slot: Int) {
        #expect(KeySlot(of: [UInt8](key)).number == slot)
    }

    @Test("An empty or open tag is no tag")
    func ignoresEmptyTags() {
        #expect(KeySlot(of: [UInt8]("foo{}{bar}")) != KeySlot(of: [UInt8]("bar")))
        #expect(KeySlot(of: [UInt8]("foo{bar")) != KeySlot(of: [UInt8]("bar")))
        #expect(KeySlot(of: [UInt8]("a{bar}")) == KeySlot(of: [UInt8]("bar")))
    }

    @Test("Numbers past the last slot are none")
    func isBounded() {
        #expect(KeySlot(16383) != nil && KeySlot(16384) == nil && KeySlot(-1) == nil)
    }
}
