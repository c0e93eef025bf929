import Gateway
import Synchronization

/// Answers scrapes with what the test has put there, one after the other.
final class ScriptedScrapeSource: ScrapeSource {
    private let answers: Mutex<[Result<ScrapeText, ScrapeFailure>]>

    init(_ answers: [Result<ScrapeText, ScrapeFailure>]) {
        self.answers = Mutex(answers)
    }

    func fetch(_ target: ScrapeTarget) async throws(ScrapeFailure) -> ScrapeText {
        let next = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let next else { throw .unreachable("nothing is left to say") }
        return try next.get()
    }
}
