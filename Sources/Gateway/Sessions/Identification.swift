import Hub
import Reactor

/// Finds out who comes with a token: at once where it can be known, as ten thousand that come back
/// need no task each; later where keys must be read.
enum Identification {
    static func run(
        token: String?,
        name: String?,
        on link: WebSocketLink,
        _ completion: @escaping (Result<Identity, Rejection>) -> Void
    ) {
        let (admission, connection) = (link.desk.gateway.admission, link.id)
        do throws(Rejection) {
            if let identity = try admission.identifyAtOnce(
                token: token,
                guestName: name,
                connection: connection
            ) {
                return completion(.success(identity))
            }
        } catch {
            return completion(.failure(error))
        }
        let here = LoopBound(completion, on: link.connection.loop)
        Task {
            let outcome: Result<Identity, Rejection>
            do throws(Rejection) {
                outcome = .success(
                    try await admission.identify(
                        token: token,
                        guestName: name,
                        connection: connection
                    )
                )
            } catch {
                outcome = .failure(error)
            }
            here.loop.submit {
                // Revoked while its keys were being read, before the session could be found by it.
                if case .success(let identity) = outcome, admission.isRevoked(identity) {
                    here.value(.failure(Admission.revokedToken))
                } else {
                    here.value(outcome)
                }
            }
        }
    }
}
