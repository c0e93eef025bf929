/// The loops of a process, a thread each.

import CLinux
import Glibc
import Synchronization

package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]
    private let threads = Mutex<[pthread_t]>([])
    private let turn = Atomic<Int>(0)

    package init(loops count: Int, outboxLimits: OutboxLimits = OutboxLimits()) {
        precondition(count > 0, "A group needs a loop.")
        loops = (0..<count).map { EventLoop(index: $0, outboxLimits: outboxLimits) }
    }

    package subscript(index: Int) -> EventLoop { loops[index] }

    /// The same loop for the same hash.
    package func loop(forHash hash: Int) -> EventLoop {
        loops[Int(UInt(bitPattern: hash) % UInt(loops.count))]
    }

    /// The loops in turn.
    package func next() -> EventLoop {
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(UInt(bitPattern: number) % UInt(loops.count))]
    }

    /// Starts a thread for every loop. Once.
    package func start() {
        threads.withLock { threads in
            precondition(threads.isEmpty, "A group starts once.")
            threads = loops.map(Self.startThread)
        }
    }

    /// Ends every connection and listener, and then the threads. Work that is submitted later
    /// never runs, so loops are the last to stop.
    package func stop() {
        for loop in loops { loop.stop() }
    }

    /// Waits for the threads to end. Not from one of them.
    package func join() {
        let ending = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in ending { pthread_join(thread, nil) }
    }

    private static func startThread(_ loop: EventLoop) -> pthread_t {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(loop).toOpaque()
        let answer = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let loop = Unmanaged<EventLoop>.fromOpaque(argument).takeRetainedValue()
                clinux_name_thread("loop-\(loop.index)")
                loop.run()
                return nil
            },
            argument
        )
        precondition(answer == 0, "The system has no thread for an event loop.")
        return thread
    }
}
