import Hub
import Reactor

/// A question of a session about a document: its answer comes on the session's loop.
final class DocumentQuestion: Asker {
    private let completion: LoopBound<(Result<JSON, Rejection>) -> Void>

    init(on loop: EventLoop, _ completion: @escaping (Result<JSON, Rejection>) -> Void) {
        self.completion = LoopBound(completion, on: loop)
    }

    func answer(_ outcome: Result<JSON, Rejection>) {
        completion.value(outcome)
    }
}
