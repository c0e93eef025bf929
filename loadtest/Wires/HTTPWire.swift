import Reactor
import WebSocket

/// A kept-alive HTTP/1.1 connection that asks for the same thing again and again, one request at a
/// time. It knows answers with a Content-Length, no others.
final class HTTPWire: ConnectionHandler {
    private let request: [UInt8]
    private let listener: RestTally
    private var connection: Connection?
    private var answer: [UInt8] = []
    private var sentAt: Int64 = 0
    private var isAsking = false

    init(request: [UInt8], listener: RestTally) {
        self.request = request
        self.listener = listener
    }

    func open(_ dialer: Dialer, number: Int, on loop: EventLoop) throws(LoadFailure) {
        connection = try dialer.dial(number: number, on: loop, handler: self)
    }

    func ask() {
        isAsking = true
        sentAt = Clock.now()
        connection?.send(request)
    }

    func cut() {
        isAsking = false
        connection?.close(.now)
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        answer.append(contentsOf: bytes)
        do throws(HandshakeFailure) {
            guard let (head, count) = try ResponseHead.parse(answer.span) else { return }
            guard let text = head.fields["Content-Length"], let length = Int(text), length >= 0
            else {
                listener.failed("An answer with status \(head.status) has no length")
                return cut()
            }
            guard answer.count - count >= length else { return }
            let body = Array(answer[count..<(count + length)])
            answer.removeAll(keepingCapacity: true)
            listener.answered(self, status: head.status, body, after: Clock.now() - sentAt)
        } catch {
            listener.failed("An answer can't be read: \(error.reason)")
            cut()
        }
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        self.connection = nil
        if isAsking { listener.failed("A connection ended: \(reason)") }
    }
}
