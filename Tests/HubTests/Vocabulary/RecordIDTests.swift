import Synchronization
import Testing

@testable import Hub

@Suite("Record ids")
struct RecordIDTests {
    private static let time = Timestamp(milliseconds: 1_795_400_000_123)

    @Test("An id is read and written alike", arguments: ["1", "7260142382817280", "\(Int64.max)"])
    func roundTrip(text: String) {
        #expect(RecordID(text)?.description == text)
    }

    @Test(
        "What is no positive 63-bit decimal is no id",
        arguments: [
            "", "0", "-1", "9223372036854775808", "1.0", " 1", "1 ", "0x1", "1e3", "+1", "01",
        ]
    )
    func refuses(text: String) {
        #expect(RecordID(text) == nil)
    }

    @Test("Ids made on four threads at once are all different")
    func uniqueAcrossThreads() async {
        let ids = RecordIDs(node: 5)
        let perThread = 5000
        let all = await withTaskGroup(of: [RecordID].self) { group in
            for _ in 0..<4 {
                group.addTask { (0..<perThread).map { _ in ids.next(at: Self.time) } }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(all).count == 4 * perThread)
    }

    @Test("Ids of one node rise, also when the clock goes back or stands still")
    func rise() {
        let ids = RecordIDs()
        var last = ids.next(at: Self.time)
        for step: Int64 in [0, 0, 5, -3, -100_000, 1, 0, Int64(-1) << 40, 60_000] {
            let next = ids.next(at: Timestamp(milliseconds: Self.time.milliseconds + step))
            #expect(next > last)
            last = next
        }
    }

    @Test("Ids that go on from a stored one come after it, whatever the clock says now")
    func after() {
        let stored = RecordIDs(node: 7)
        let ahead = Timestamp(milliseconds: Self.time.milliseconds + 3_600_000)
        let newest = (0..<5000).map { _ in stored.next(at: ahead) }.max() ?? RecordID(0)
        for node: Int64 in [0, 7, 1023] {
            let ids = RecordIDs(node: node, after: newest)
            let made = (0..<5000).map { _ in ids.next(at: Self.time) }
            #expect(made.allSatisfy { $0 > newest }, "node \(node)")
            #expect(Set(made).count == made.count)
        }
        let later = Timestamp(milliseconds: ahead.milliseconds + 60_000)
        #expect(RecordIDs(after: newest).next(at: later) == RecordIDs().next(at: later))
    }

    @Test("Two nodes never make the same id at the same time")
    func nodes() {
        let nodes = [0, 1, 1023].map { RecordIDs(node: $0) }
        let made = (0..<9000).flatMap { _ in nodes.map { $0.next(at: Self.time) } }
        #expect(Set(made).count == made.count)
    }
}
