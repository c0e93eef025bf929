/// One of several that write: the next step as soon as the one before is answered.
final class Sender {
    let wire: Requester
    private let crowd: SenderCrowd
    private let steps: Int
    private let violations: Violations
    private let request: (_ step: Int) -> [UInt8]
    private(set) var step = 0
    private var isWaiting = false

    init(
        _ wire: Requester,
        _ crowd: SenderCrowd,
        steps: Int,
        _ violations: Violations,
        _ request: @escaping (_ step: Int) -> [UInt8]
    ) {
        self.wire = wire
        self.crowd = crowd
        self.steps = steps
        self.violations = violations
        self.request = request
    }

    var isDone: Bool { step == steps }

    func goOn() {
        guard !isWaiting, !isDone, crowd.mayBegin(step) else { return }
        isWaiting = true
        wire.ask(request(step)) { [self] answer in
            isWaiting = false
            guard (200...204).contains(answer.status) else {
                let text = String(decoding: answer.body.prefix(200), as: UTF8.self)
                return violations.add("A write is answered with \(answer.status): \(text)")
            }
            step += 1
            crowd.latency.add(answer.nanoseconds)
            crowd.goOn()
        }
    }
}
