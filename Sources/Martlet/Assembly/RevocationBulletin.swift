import Cluster
import Gateway
import Hub
import Logging

/// The revocations of a cluster's nodes: what is revoked on one of them is so on all.
final class RevocationBulletin: Sendable {
    private let admission: Admission
    private let bulletin: Bulletin

    init(_ admission: Admission, client: RedisClient, prefix: String, logger: Logger) {
        self.admission = admission
        bulletin = Bulletin(
            "revocations",
            client: client,
            prefix: prefix,
            logger: logger,
            source: Bulletin.Source(
                lines: {
                    admission.revocationsInForce.map {
                        Bulletin.Line(text: $0.json.encoded(), expires: $0.expires)
                    }
                },
                learn: { lines in
                    for line in lines { Self.learn(line, admission, logger) }
                }
            )
        )
    }

    private static func learn(_ line: [UInt8], _ admission: Admission, _ logger: Logger) {
        guard let json = try? JSONParser.parse(line), let revocation = Revocation(json: json) else {
            logger.error("A revocation of another node can't be read.")
            return
        }
        do throws(Rejection) {
            try admission.learn(revocation)
        } catch {
            logger.error("A revocation of another node is not kept: \(error.message)")
        }
    }

    /// Reads the board once, and puts there what it lacks.
    func look() async { await bulletin.look() }

    /// Until the task is cancelled.
    func run() async {
        let observer = admission.observe { [bulletin] _ in bulletin.post() }
        await bulletin.run()
        admission.removeObserver(observer)
    }
}
