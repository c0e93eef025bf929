/// Accepting, on a kernel that runs out of descriptors.

import CLinux
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("Acceptor")
struct AcceptorTests {
    let kernel = ScriptedKernel()
    let clock = ManualClock()
    let exhaustions = ExhaustionCount()
    let accepted = Accumulator()

    final class Accumulator: Sendable {
        let peers = Mutex<[SocketAddress]>([])
    }

    private func makeLoop() -> (EventLoop, Acceptor) {
        let loop = EventLoop(kernel: kernel, time: clock)
        let acceptor = loop.withCurrent {
            let acceptor = Acceptor(
                socket: 60,
                loop: loop,
                tls: nil,
                exhaustions: exhaustions,
                spreadingOver: nil
            ) { [accepted] connection in
                accepted.peers.withLock { $0.append(connection.peer) }
            }
            acceptor.begin()
            return acceptor
        }
        return (loop, acceptor)
    }

    private func clients(_ ports: some Sequence<Int>) -> [Accepted] {
        ports.map { .socket(Int32(1_000 + $0), peer: .loopback(port: UInt16($0))) }
    }

    @Test(
        "Without descriptors it stops for a moment, counts it, and goes on",
        arguments: [
            EMFILE, ENFILE, ENOMEM,
        ]
    )
    func exhaustion(number: Int32) {
        let (loop, _) = makeLoop()
        kernel.with { [first = clients([1])] in $0.accepts = first + [.failed(number)] }
        kernel.happen(.readable, on: 60)
        loop.turn()
        #expect(exhaustions.value == 1)
        #expect(kernel.with { $0.interest[60] } == nil)
        kernel.with { [second = clients([2])] in $0.accepts = second }
        clock.advance(milliseconds: 120)
        loop.turn()
        #expect(kernel.with { $0.interest[60] } != nil)
        kernel.happen(.readable, on: 60)
        loop.turn()
        #expect(accepted.peers.withLock { $0.map(\.port) } == [1, 2])
    }

    @Test(
        "A client that has gone meanwhile doesn't stop the others",
        arguments: [
            ECONNABORTED, EINTR, EPERM,
        ]
    )
    func goneClient(number: Int32) {
        let (loop, _) = makeLoop()
        kernel.with { [next = clients([1])] in $0.accepts = [.failed(number)] + next }
        kernel.happen(.readable, on: 60)
        loop.turn()
        #expect(accepted.peers.withLock { $0.map(\.port) } == [1])
        #expect(exhaustions.value == 0)
    }

    @Test("A storm of clients is taken a part a turn")
    func bounded() {
        let (loop, _) = makeLoop()
        kernel.with { [storm = clients(1...100)] in $0.accepts = storm }
        kernel.happen(.readable, on: 60)
        loop.turn()
        #expect(accepted.peers.withLock { $0.count } == 64)
        kernel.happen(.readable, on: 60)
        loop.turn()
        #expect(accepted.peers.withLock { $0.count } == 100)
    }

    @Test("Paused, it doesn't watch; closed, it closes its socket once")
    func pausesAndCloses() {
        let (loop, acceptor) = makeLoop()
        loop.withCurrent { acceptor.pause() }
        #expect(kernel.with { $0.interest[60] } == nil)
        loop.withCurrent { acceptor.resume() }
        #expect(kernel.with { $0.interest[60] } != nil)
        loop.withCurrent {
            acceptor.close()
            acceptor.close()
            acceptor.resume()
        }
        #expect(kernel.with { $0.closed } == [60])
        #expect(loop.watchedCount == 0)
    }
}
