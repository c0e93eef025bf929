import Dispatch
import Hub
import JournalContract
import Testing

@testable import Storage

/// The writer's queue takes as much as it may and no more.
@Suite struct WriteQueueTests {
    @Test("What is past the bound is refused, and a taken queue has room again")
    func bound() {
        let queue = WriteQueue()
        for _ in 0..<WriteQueue.draftsMaximum {
            #expect(queue.submit(.work { _ in }) == nil)
        }
        #expect(queue.submit(.work { _ in }) != nil)
        #expect(queue.depth == WriteQueue.draftsMaximum)
        #expect(queue.next(notBefore: .now())?.count == WriteQueue.draftsMaximum)
        #expect(queue.submit(.work { _ in }) == nil)
        queue.close()
        #expect(queue.submit(.work { _ in }) != nil)
        #expect(queue.next(notBefore: .now())?.count == 1)
        #expect(queue.next(notBefore: .now()) == nil)
    }
}
