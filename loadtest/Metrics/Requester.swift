import Reactor
import WebSocket

/// A kept-alive HTTP/1.1 connection on which one request after the other is made, whatever each of
/// them is.
final class Requester: ConnectionHandler {
    typealias Completion = (HTTPAnswer) -> Void

    private let violations: Violations
    private var connection: Connection?
    private var answer = HTTPAnswer()
    private var completion: Completion?
    private var mayEnd = false

    init(violations: Violations) {
        self.violations = violations
    }

    func open(_ dialer: Dialer, number: Int, on loop: EventLoop) throws(LoadFailure) {
        connection = try dialer.dial(number: number, on: loop, handler: self)
    }

    func ask(_ request: [UInt8], _ completion: @escaping Completion) {
        precondition(self.completion == nil, "One request at a time.")
        answer = HTTPAnswer()
        answer.sentAt = Clock.now()
        self.completion = completion
        connection?.send(request)
    }

    func cut() {
        mayEnd = true
        connection?.close(.now)
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        do throws(HandshakeFailure) {
            guard try answer.take(bytes) else { return }
            answer.nanoseconds = Clock.now() - answer.sentAt
            let completion = completion
            self.completion = nil
            completion?(answer)
        } catch {
            violations.add("An answer can't be read: \(error.reason)")
            cut()
        }
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        self.connection = nil
        if !mayEnd { violations.add("A connection ended: \(reason)") }
    }
}
