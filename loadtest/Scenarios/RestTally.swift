/// Counts the answers, and checks that each is the same as the first: nothing is posted meanwhile.
final class RestTally {
    let violations = Violations()
    private(set) var latency = Histogram()
    private(set) var answers = 0
    private(set) var firstBody: [UInt8]?
    var isAsking = true
    var isMeasuring = false

    func answered(_ wire: HTTPWire, status: Int, _ body: [UInt8], after nanoseconds: Int64) {
        answers += 1
        if isMeasuring { latency.add(nanoseconds) }
        violations.require(status == 200, "An answer has status \(status)")
        if let firstBody {
            violations.require(body == firstBody, "Two answers differ")
        } else {
            firstBody = body
        }
        if isAsking { wire.ask() }
    }

    func failed(_ sentence: String) {
        violations.add(sentence)
    }

    /// The sequences of all stamped messages in the first answer.
    func sequences() -> [UInt32] {
        let body = firstBody ?? []
        var found: [UInt32] = []
        var place = 0
        while place + Stamp.byteCount <= body.count {
            if let stamp = Stamp.read(body.span, withMarkAt: place) {
                found.append(stamp.sequence)
                place += Stamp.byteCount
            } else {
                place += 1
            }
        }
        return found
    }
}
