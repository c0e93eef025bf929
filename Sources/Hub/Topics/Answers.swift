/// The answers of one turn, given with one hop per lane once the turn's outcome is known.
struct Answers {
    private typealias Answer = (asker: any Asker, outcome: Result<JSON, Rejection>)

    private var byLane: [Int: (lane: any Lane, answers: [Answer])] = [:]
    private var callers: [(@Sendable (Result<JSON, Rejection>) -> Void, Result<JSON, Rejection>)] =
        []

    mutating func add(_ ticket: Ticket, _ outcome: Result<JSON, Rejection>) {
        switch ticket {
        case .asker(let asker, let lane):
            byLane[lane.index, default: (lane, [])].answers.append((asker, outcome))
        case .caller(let callback): callers.append((callback, outcome))
        case .none: break
        }
    }

    func send() {
        for (lane, answers) in byLane.values {
            lane.submit {
                for answer in answers { answer.asker.answer(answer.outcome) }
            }
        }
        for (callback, outcome) in callers { callback(outcome) }
    }
}
