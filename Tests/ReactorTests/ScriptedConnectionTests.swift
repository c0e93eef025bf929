/// Connections on a kernel that does what the test says.

import CLinux
import Glibc
import Testing

@testable import Reactor

@Suite("Connections on a scripted kernel")
struct ScriptedConnectionTests {
    let kernel = ScriptedKernel()
    let clock = ManualClock()
    let handler = RecordingHandler()
    let loop: EventLoop
    let connection: Connection
    static let socket: Int32 = 50

    init() {
        let loop = EventLoop(
            outboxLimits: OutboxLimits(lowWater: 10, highWater: 100, maximum: 1_000),
            kernel: kernel,
            time: clock
        )
        self.loop = loop
        connection = loop.withCurrent { [handler] in
            loop.adopt(Self.socket, peer: .loopback(port: 1), handler: handler)
        }
    }

    private func send(_ bytes: [UInt8], tag: UInt32 = 0) {
        loop.withCurrent { connection.send(bytes, tag: tag) }
    }

    private func happen(_ events: UInt32) {
        kernel.happen(events, on: Self.socket)
        loop.turn()
    }

    private func receive(_ inputs: ScriptedKernel.Input...) {
        kernel.with { $0.inputs[Self.socket] = inputs }
    }

    @Test("A frame goes out at the turn's end, alone in one send, watching nothing more")
    func oneFrame() {
        send([1, 2, 3])
        #expect(kernel.with { $0.sendCalls } == [])
        loop.turn()
        #expect(kernel.with { $0.sent } == [1, 2, 3])
        #expect(kernel.with { $0.sendCalls } == [3])
        #expect(kernel.with { $0.changes } == 0)
    }

    @Test("All frames of a turn go out in one call")
    func coalesces() {
        for number in 0..<64 { send([UInt8(number)]) }
        loop.turn()
        #expect(kernel.with { $0.sent } == Array(0..<64))
        #expect(kernel.with { $0.sendCalls } == [64])
    }

    @Test("Many writes in a turn tell how long one takes; a few don't")
    func writeDuration() {
        kernel.with { [clock] in $0.onSend = { clock.advance(milliseconds: 2) } }
        let connections = loop.withCurrent {
            (0..<64).map { loop.adopt(100 + $0, peer: .loopback(port: 1), handler: handler) }
        }
        loop.withCurrent { for connection in connections.dropLast() { connection.send([1]) } }
        loop.turn()
        #expect(loop.writeDuration == .zero)
        loop.withCurrent { for connection in connections { connection.send([1]) } }
        loop.turn()
        #expect(loop.writeDuration == .milliseconds(2))
    }

    @Test("A write cut at any byte goes on there when the socket is writable", arguments: 0...24)
    func partialWrites(taken: Int) {
        kernel.with { $0.sends = [taken == 0 ? -Int(EAGAIN) : taken] }
        let frames = (0..<4).map { pattern(6, seed: $0) }
        for frame in frames { send(frame) }
        loop.turn()
        #expect(connection.queuedBytes == 24 - taken)
        #expect(connection.writtenBytes == UInt64(taken))
        loop.turn()
        #expect(kernel.with { $0.sendCalls.count } == 1, "It writes only when told it may.")
        happen(.writable)
        #expect(kernel.with { $0.sent } == frames.flatMap { $0 })
        #expect(connection.queuedBytes == 0)
    }

    @Test("What the kernel has not taken was not offered, also when the connection has ended")
    func tellsOffered() {
        kernel.with { $0.sends = [5, -Int(ECONNRESET)] }
        for _ in 0..<2 { send([1, 2, 3, 4]) }
        loop.turn()
        #expect(connection.offeredBytes == 5)
        happen(.writable)
        #expect(handler.record.ends == [.broken(ECONNRESET)])
        #expect(connection.offeredBytes == 5)
    }

    @Test("Writability is asked for once, at the first full buffer")
    func watchesOnce() {
        for _ in 0..<3 {
            kernel.with { $0.sends = [-Int(EAGAIN)] }
            send([1])
            loop.turn()
            happen(.writable)
        }
        #expect(kernel.with { $0.changes } == 1)
        #expect(kernel.with { $0.sent } == [1, 1, 1])
    }

    @Test("An interrupted call is made again")
    func interrupted() {
        kernel.with { $0.sends = [-Int(EINTR)] }
        send([1])
        loop.turn()
        #expect(kernel.with { $0.sent } == [1])
        receive(.error(EINTR), .bytes([9]))
        happen(.readable)
        #expect(handler.record.bytes == [9])
    }

    @Test("A small read is one call; nothing is read to find that there is nothing")
    func oneRead() {
        receive(.bytes([1, 2]))
        happen(.readable)
        #expect(kernel.with { $0.receiveCalls } == 1)
        #expect(handler.record.bytes == [1, 2])
    }

    @Test("A flood is read a part a turn, so that others have theirs")
    func fairness() {
        let full = [UInt8](repeating: 7, count: 64 << 10)
        kernel.with { $0.inputs[Self.socket] = Array(repeating: .bytes(full), count: 6) }
        happen(.readable)
        #expect(handler.record.receptions == 4)
        loop.turn()
        #expect(handler.record.receptions == 6)
    }

    @Test("The peer's end is reached even when it came together with bytes")
    func endWithBytes() {
        receive(.bytes([1]), .end)
        happen(.readable | .peerEnded)
        #expect(handler.record.bytes == [1])
        #expect(handler.record.ends == [.peerClosed])
        #expect(kernel.with { $0.closed } == [Self.socket])
    }

    @Test("A reset ends the connection, whether reading or writing finds it")
    func reset() {
        receive(.error(ECONNRESET))
        happen(.readable | .failed)
        #expect(handler.record.ends == [.broken(ECONNRESET)])
    }

    @Test("A broken pipe ends the connection")
    func brokenPipe() {
        kernel.with { $0.sends = [-Int(EPIPE)] }
        send([1])
        loop.turn()
        #expect(handler.record.ends == [.broken(EPIPE)])
    }

    @Test("After the end nothing is sent, nothing is called, and late events are ignored")
    func afterEnd() {
        loop.withCurrent { connection.close(.now) }
        #expect(handler.record.ends == [], "Whoever closes isn't called back meanwhile.")
        receive(.bytes([1]))
        happen(.readable)
        happen(.readable | .writable)
        send([1])
        loop.withCurrent { connection.close(.now) }
        loop.turn()
        #expect(handler.record.ends == [.closed])
        #expect(handler.record.bytes == [])
        #expect(kernel.with { $0.sent } == [])
        #expect(kernel.with { $0.closed } == [Self.socket])
        #expect(loop.watchedCount == 0)
    }

    @Test("An event for a connection that is gone doesn't reach the one in its place")
    func staleEvent() {
        let stale = kernel.with { $0.tokens[Self.socket] ?? 0 }
        loop.withCurrent { connection.close(.now) }
        loop.turn()
        let heir = RecordingHandler()
        loop.withCurrent { _ = loop.adopt(51, peer: .loopback(port: 2), handler: heir) }
        kernel.with {
            $0.inputs[51] = [.bytes([1])]
            $0.tokens[Self.socket] = stale
        }
        happen(.readable)
        #expect(heir.record.bytes == [])
        kernel.happen(.readable, on: 51)
        loop.turn()
        #expect(heir.record.bytes == [1])
    }

    @Test("A connection that is closed while it waits to be flushed is let go only afterwards")
    func closedWhileDirty() {
        let closing = RecordingHandler { connection, _ in
            connection.send([1])
            connection.close(.now)
        }
        connection.handler = closing
        receive(.bytes([1]))
        happen(.readable)
        loop.turn()
        #expect(closing.record.ends == [.closed])
        #expect(loop.watchedCount == 0)
    }

    @Test("Draining is told once the queue has fallen from above the high mark to the low one")
    func drains() {
        kernel.with { $0.sends = [30, 80, 5] }
        for _ in 0..<12 { send(pattern(10)) }
        loop.turn()
        #expect(handler.record.drains == 0)
        happen(.writable)
        #expect(connection.queuedBytes == 10)
        #expect(handler.record.drains == 1)
        happen(.writable)
        happen(.writable)
        #expect(handler.record.drains == 1)
    }

    @Test("When the queue was dropped, draining is told when the socket takes bytes again")
    func drainsAfterDrop() {
        kernel.with { $0.sends = [-Int(EAGAIN)] }
        for _ in 0..<12 { send(pattern(10), tag: 7) }
        loop.turn()
        let dropped = loop.withCurrent { connection.dropQueued(tag: 7) }
        #expect(dropped == DroppedFrames(frames: 12, bytes: 120))
        loop.turn()
        #expect(handler.record.drains == 0)
        happen(.writable)
        #expect(handler.record.drains == 1)
        #expect(kernel.with { $0.sent } == [])
    }

    @Test("A queue past the maximum ends the connection")
    func overflows() {
        kernel.with { $0.sends = [-Int(EAGAIN)] }
        send(pattern(1_000))
        loop.turn()
        #expect(handler.record.ends == [])
        send([1])
        loop.turn()
        #expect(handler.record.ends == [.overflowed])
    }

    @Test("Closing after the flush writes, ends our side, and waits for the peer's end")
    func closesAfterFlush() {
        kernel.with { $0.sends = [1] }
        send([1, 2])
        loop.withCurrent { connection.close(.afterFlush(timeout: .seconds(5))) }
        send([3])
        loop.turn()
        #expect(kernel.with { $0.endedOutputs } == [])
        happen(.writable)
        #expect(kernel.with { $0.sent } == [1, 2])
        #expect(kernel.with { $0.endedOutputs } == [Self.socket])
        receive(.bytes([8]), .end)
        happen(.readable | .peerEnded)
        #expect(handler.record.bytes == [], "What comes after the close is thrown away.")
        #expect(handler.record.ends == [.closed])
    }

    @Test("A peer that doesn't take the last bytes is given up after the timeout")
    func closeTimesOut() {
        kernel.with { $0.sends = [-Int(EAGAIN)] }
        send([1])
        loop.withCurrent { connection.close(.afterFlush(timeout: .seconds(5))) }
        loop.turn()
        clock.advance(milliseconds: 4_900)
        loop.turn()
        #expect(handler.record.ends == [])
        clock.advance(milliseconds: 200)
        loop.turn()
        #expect(handler.record.ends == [.timedOut])
    }

    @Test("A paused connection reads nothing, and on resuming what it missed")
    func pauses() {
        loop.withCurrent { connection.pauseReading() }
        receive(.bytes([1]), .end)
        happen(.readable | .peerEnded)
        #expect(handler.record.bytes == [])
        loop.withCurrent { connection.resumeReading() }
        loop.turn()
        #expect(handler.record.bytes == [1])
        #expect(handler.record.ends == [.peerClosed])
    }

    @Test("A connection that breaks while paused ends")
    func breaksPaused() {
        loop.withCurrent { connection.pauseReading() }
        kernel.with { $0.pendingError = ECONNRESET }
        happen(.failed | .hungUp)
        #expect(handler.record.ends == [.broken(ECONNRESET)])
    }

    @Test("A connect is open when the socket says so, and sends what was queued")
    func connects() {
        kernel.with { $0.connectAnswer = -Int(EINPROGRESS) }
        let client = RecordingHandler()
        loop.withCurrent {
            loop.connect(to: .loopback(port: 9), handler: client).send([5])
        }
        loop.turn()
        #expect(client.record.openings == 0)
        kernel.happen(.writable, on: 700)
        loop.turn()
        #expect(client.record.openings == 1)
        #expect(kernel.with { $0.sent } == [5])
    }

    @Test("A connect that is refused, at once or later, or takes too long, ends with its reason")
    func connectFails() {
        let refused = RecordingHandler()
        kernel.with { $0.connectAnswer = -Int(ECONNREFUSED) }
        loop.withCurrent { _ = loop.connect(to: .loopback(port: 9), handler: refused) }
        loop.turn()
        #expect(refused.record.ends == [.unreachable(ECONNREFUSED)])

        let later = RecordingHandler()
        kernel.with {
            $0.connectAnswer = -Int(EINPROGRESS)
            $0.pendingError = EHOSTUNREACH
        }
        loop.withCurrent { _ = loop.connect(to: .loopback(port: 9), handler: later) }
        kernel.happen(.failed | .hungUp, on: 700)
        loop.turn()
        #expect(later.record.ends == [.unreachable(EHOSTUNREACH)])

        let late = RecordingHandler()
        loop.withCurrent {
            _ = loop.connect(to: .loopback(port: 9), timeout: .seconds(1), handler: late)
        }
        clock.advance(milliseconds: 1_020)
        loop.turn()
        #expect(late.record.ends == [.timedOut])
        #expect(late.record.openings == 0)
        #expect(loop.watchedCount == 1)
    }

    @Test("A socket that is handed over is neither watched nor closed")
    func handsOver() {
        let socket = loop.withCurrent { connection.handOver() }
        #expect(socket == Self.socket)
        loop.turn()
        #expect(kernel.with { $0.interest[Self.socket] } == nil)
        #expect(kernel.with { $0.closed } == [])
        #expect(handler.record.ends == [.handedOver])
        #expect(loop.watchedCount == 0)
    }

    @Test("A connection is small")
    func size() {
        #expect(malloc_usable_size(Unmanaged.passUnretained(connection).toOpaque()) <= 256)
    }
}
