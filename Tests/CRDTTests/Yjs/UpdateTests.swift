import CRDT
import Testing

/// Updates as bytes.
struct UpdateTests {
    @Test("An empty update is two zeros")
    func emptyUpdate() throws {
        #expect(try YUpdate(v1: [0, 0]).isEmpty)
        #expect(YUpdate().encodedV1() == [0, 0])
    }
}
