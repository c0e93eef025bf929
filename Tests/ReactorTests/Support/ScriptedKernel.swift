/// A kernel that answers what a test has written down, and remembers what it was asked.

import CLinux
import Reactor
import Synchronization

final class ScriptedKernel: Kernel {
    enum Input {
        case bytes([UInt8])
        case end
        case error(Int32)
    }

    struct Script {
        var inputs: [Int32: [Input]] = [:]
        /// What each send takes: at most so many bytes, or a negative error number. Afterwards all.
        var sends: [Int] = []
        /// What else a send does.
        var onSend: (@Sendable () -> Void)?
        var accepts: [Accepted] = []
        var waits: [Int] = []
        var connectAnswer = 0
        var pendingError: Int32 = 0

        var events: [(descriptor: Int32, events: UInt32)] = []
        var tokens: [Int32: UInt64] = [:]
        var interest: [Int32: UInt32] = [:]
        var sent: [UInt8] = []
        var sendCalls: [Int] = []
        var receiveCalls = 0
        var wakeUps = 0
        var endedOutputs: [Int32] = []
        var closed: [Int32] = []
        var changes = 0
    }

    let script = Mutex(Script())

    func with<Result: Sendable>(_ body: (inout Script) -> Result) -> Result {
        script.withLock { script in body(&script) }
    }

    /// The descriptor has these events at the next turn.
    func happen(_ events: UInt32, on descriptor: Int32) {
        with { $0.events.append((descriptor, events)) }
    }

    func makePoll() -> Int32 { 900 }
    func makeWakeUp() -> Int32 { 901 }
    func wake(_ descriptor: Int32) { with { $0.wakeUps += 1 } }

    func add(_ descriptor: Int32, to poll: Int32, events: UInt32, token: UInt64) -> Int {
        with {
            $0.tokens[descriptor] = token
            $0.interest[descriptor] = events
        }
        return 0
    }

    func change(_ descriptor: Int32, in poll: Int32, events: UInt32, token: UInt64) -> Int {
        with { $0.changes += 1 }
        return add(descriptor, to: poll, events: events, token: token)
    }

    func remove(_ descriptor: Int32, from poll: Int32) {
        with { $0.interest[descriptor] = nil }
    }

    func wait(
        _ poll: Int32,
        into events: UnsafeMutableBufferPointer<epoll_event>,
        milliseconds: Int32
    ) -> Int {
        let pending = with { script -> [(UInt64, UInt32)] in
            script.waits.append(Int(milliseconds))
            defer { script.events = [] }
            return script.events.compactMap { pair in
                script.tokens[pair.descriptor].map { ($0, pair.events) }
            }
        }
        for (index, (token, bits)) in pending.enumerated() {
            events[index].data.u64 = token
            events[index].events = bits
        }
        return pending.count
    }

    func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let input = with { script -> Input? in
            script.receiveCalls += 1
            guard let first = script.inputs[descriptor]?.first else { return nil }
            script.inputs[descriptor]?.removeFirst()
            return first
        }
        switch input {
        case nil: return -Int(EAGAIN)
        case .end: return 0
        case .error(let number): return -Int(number)
        case .bytes(let bytes):
            buffer.copyBytes(from: bytes.prefix(buffer.count))
            return min(bytes.count, buffer.count)
        }
    }

    func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        take(Array(bytes))
    }

    func send(_ descriptor: Int32, vectors: UnsafeMutableBufferPointer<iovec>) -> Int {
        take(
            vectors.flatMap { Array(UnsafeRawBufferPointer(start: $0.iov_base, count: $0.iov_len)) }
        )
    }

    private func take(_ bytes: [UInt8]) -> Int {
        with { script in
            script.onSend?()
            script.sendCalls.append(bytes.count)
            let answer = script.sends.isEmpty ? bytes.count : script.sends.removeFirst()
            let taken = min(answer, bytes.count)
            if taken > 0 { script.sent += bytes[..<taken] }
            return taken
        }
    }

    func accept(_ listener: Int32) -> Accepted {
        with { $0.accepts.isEmpty ? .failed(EAGAIN) : $0.accepts.removeFirst() }
    }

    func openSocket(for address: SocketAddress) -> Int { 700 }
    func connect(_ descriptor: Int32, to address: SocketAddress) -> Int {
        with { $0.connectAnswer }
    }

    func pendingError(_ descriptor: Int32) -> Int32 { with { $0.pendingError } }
    func endOutput(_ descriptor: Int32) { with { $0.endedOutputs.append(descriptor) } }
    func close(_ descriptor: Int32) { with { $0.closed.append(descriptor) } }
}
