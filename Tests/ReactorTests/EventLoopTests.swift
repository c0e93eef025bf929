/// What a loop runs, and in which order.

import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("Event loop")
struct EventLoopTests {
    final class Trail: Sendable {
        private let steps = Mutex<[String]>([])
        var all: [String] { steps.withLock { $0 } }
        func add(_ step: String) { steps.withLock { $0.append(step) } }
    }

    /// One per test: an actor that lives on a loop.
    actor Resident {
        let loop: EventLoop
        var count = 0
        var isHome: Bool { loop.isCurrent }

        nonisolated var unownedExecutor: UnownedSerialExecutor {
            loop.asUnownedSerialExecutor()
        }

        init(_ loop: EventLoop) { self.loop = loop }

        func step(_ trail: Trail, _ name: String) {
            count += 1
            trail.add(name)
        }
    }

    @Test("Each thread's work runs in the order it was submitted")
    func firstInFirstOut() async throws {
        try await withLoops { group in
            let trails = (0..<4).map { _ in Trail() }
            await withTaskGroup { tasks in
                for trail in trails {
                    tasks.addTask {
                        for number in 0..<2_000 {
                            group[0].submit { trail.add(String(number)) }
                        }
                    }
                }
            }
            try await eventually("Some work was lost.") {
                trails.allSatisfy { $0.all.count == 2_000 }
            }
            #expect(trails.allSatisfy { $0.all == (0..<2_000).map(String.init) })
        }
    }

    @Test("A sleeping loop is woken once, and a waking one not at all")
    func wakesOnce() {
        let kernel = ScriptedKernel()
        let loop = EventLoop(kernel: kernel, time: ManualClock())
        #expect(loop.fallAsleep())
        for _ in 0..<10 { loop.submit {} }
        #expect(kernel.with { $0.wakeUps } == 1)
        #expect(!loop.fallAsleep(), "There is work to do first.")
        loop.turn()
        loop.submit { [unowned loop] in loop.submit {} }
        loop.turn()
        #expect(kernel.with { $0.wakeUps } == 1)
        #expect(loop.fallAsleep())
    }

    @Test("A turn runs work, timers, the turn's end and the flush in this order")
    func order() {
        let kernel = ScriptedKernel()
        let clock = ManualClock()
        let loop = EventLoop(kernel: kernel, time: clock)
        let trail = Trail()
        let reader = RecordingHandler { connection, _ in
            trail.add("input")
            connection.loop.atTurnEnd {
                trail.add("turn's end, \(kernel.with { $0.sent.count }) sent")
            }
            connection.send([1])
            connection.close(.afterFlush(timeout: .seconds(1)))
        }
        loop.withCurrent {
            _ = loop.adopt(5, peer: .loopback(port: 1), handler: reader)
            loop.schedule(after: .milliseconds(10)) { trail.add("timer") }
        }
        loop.submit { trail.add("work") }
        kernel.with { $0.inputs[5] = [.bytes([1])] }
        kernel.happen(.readable, on: 5)
        clock.advance(milliseconds: 10)
        loop.turn()
        #expect(trail.all == ["input", "work", "timer", "turn's end, 0 sent"])
        #expect(kernel.with { $0.sent } == [1])
    }

    @Test("Work that goes on submitting doesn't keep the sockets waiting")
    func boundedPasses() {
        let kernel = ScriptedKernel()
        let loop = EventLoop(kernel: kernel, time: ManualClock())
        let runs = Atomic<Int>(0)
        @Sendable func again() {
            runs.wrappingAdd(1, ordering: .relaxed)
            loop.submit(again)
        }
        loop.submit(again)
        loop.turn()
        #expect((1...16).contains(runs.load(ordering: .relaxed)))
        let first = runs.load(ordering: .relaxed)
        loop.turn()
        #expect(runs.load(ordering: .relaxed) > first)
    }

    @Test("Timers fire in order, not before their time, and not when cancelled")
    func timers() {
        let clock = ManualClock()
        let loop = EventLoop(kernel: ScriptedKernel(), time: clock)
        let trail = Trail()
        loop.withCurrent {
            loop.schedule(after: .milliseconds(30)) { trail.add("30") }
            loop.schedule(after: .milliseconds(10)) { trail.add("10") }
            loop.cancel(loop.schedule(after: .milliseconds(20)) { trail.add("20") })
        }
        clock.advance(milliseconds: 9)
        loop.turn()
        #expect(trail.all == [])
        clock.advance(milliseconds: 1)
        loop.turn()
        #expect(trail.all == ["10"])
        clock.advance(milliseconds: 100)
        loop.turn()
        #expect(trail.all == ["10", "30"])
    }

    @Test("The wait is as long as the next timer allows")
    func waits() {
        let clock = ManualClock()
        let loop = EventLoop(kernel: ScriptedKernel(), time: clock)
        #expect(loop.millisecondsToNextTimer() == -1)
        loop.withCurrent { _ = loop.schedule(after: .milliseconds(500)) {} }
        #expect((1...500).contains(loop.millisecondsToNextTimer()))
        clock.advance(milliseconds: 600)
        #expect(loop.millisecondsToNextTimer() == 0)
    }

    @Test("An actor pinned to a loop runs on it, in one queue with submitted work")
    func residentActor() async throws {
        try await withLoops(2) { group in
            let resident = Resident(group[1])
            #expect(await resident.isHome)
            let trail = Trail()
            let done = Mutex(false)
            group[1].submit {
                group[1].submit { trail.add("work 1") }
                Task.immediate { await resident.step(trail, "job") }
                group[1].submit { trail.add("work 2") }
                group[1].submit { done.withLock { $0 = true } }
            }
            try await eventually("The work didn't run.") { done.withLock { $0 } }
            #expect(trail.all == ["work 1", "job", "work 2"])
        }
    }

    @Test("Plain code on the loop may assume the isolation of its actors")
    func assumesIsolation() async throws {
        try await withLoops(2) { group in
            let resident = Resident(group[0])
            let trail = Trail()
            let elsewhere = Mutex<Bool?>(nil)
            group[0].submit {
                resident.assumeIsolated { $0.step(trail, "assumed") }
            }
            group[1].submit {
                elsewhere.withLock { $0 = group[0].isIsolatingCurrentContext() }
            }
            try await eventually("The work didn't run.") {
                trail.all == ["assumed"] && elsewhere.withLock { $0 } == false
            }
        }
    }

    @Test("A loop's object is within reach of the loop, wherever its box has been")
    func loopBound() async throws {
        try await withLoops { group in
            final class Counter { var value = 0 }
            let box = LoopBound(Counter(), on: group[0])
            let seen = Mutex(0)
            for _ in 0..<3 {
                group[0].submit {
                    box.value.value += 1
                    seen.withLock { $0 = box.value.value }
                }
            }
            try await eventually("The work didn't run.") { seen.withLock { $0 } == 3 }
        }
    }

    @Test("A group spreads in turn, and keeps a hash on its loop")
    func spreads() {
        let group = EventLoopGroup(loops: 3)
        #expect((0..<6).map { _ in group.next().index } == [0, 1, 2, 0, 1, 2])
        for hash in [Int.min, -1, 0, 1, .max] {
            #expect(group.loop(forHash: hash) === group.loop(forHash: hash))
        }
    }

    @Test("Work with a delay can be submitted from any thread")
    func delayed() async throws {
        try await withLoops { group in
            let isOnLoop = Mutex<Bool?>(nil)
            group[0].submit(after: .milliseconds(20)) {
                isOnLoop.withLock { $0 = group[0].isCurrent }
            }
            try await eventually("The timer didn't fire.") { isOnLoop.withLock { $0 } == true }
        }
    }

    @Test("Stopping ends what is open, and tells it")
    func stops() async throws {
        let handler = RecordingHandler()
        let client = try await withLoops { group in
            let listener = try Listener(on: .loopback(port: 0), group: group) {
                $0.handler = handler
            }
            let client = try BlockingClient(to: listener.address)
            try client.write([1])
            try await eventually("Nothing arrived.") { handler.record.bytes == [1] }
            return client
        }
        #expect(handler.record.ends == [.loopStopped])
        #expect(try client.read(1) == [])
    }
}
