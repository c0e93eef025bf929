import HTTPTypes
import Hub
import NIOCore

/// Answers `/cluster/v1/…`: other nodes, who know the cluster's secret, and operators on this
/// machine, who are told the status and nothing else.
struct ClusterResponder: Sendable {
    static let prefix = "/cluster/v1/"

    let desk: any ClusterDesk
    let door: any Door

    func respond(to call: Call) async throws(Problem) -> Answer {
        guard call.method == .get || call.method == .head else {
            throw .wrongMethod([.get, .head])
        }
        // No page of any site has anything to ask here.
        guard call.origin == nil else { throw .originRefused }
        let knowsSecret = try isNode(call)
        let words = call.path.dropFirst(Self.prefix.count).split(
            separator: "/",
            omittingEmptySubsequences: false
        )
        var client = call.connection.client
        client.text = call.clientAddress(door)
        guard knowsSecret || (words == ["status"] && client.isLoopback) else {
            throw Problem(Rejection(.unauthorized, "This is for the nodes of the cluster."))
        }
        do throws(JournalError) {
            return try await answer(words, call)
        } catch {
            throw Problem(.unavailable)
        }
    }

    private func isNode(_ call: Call) throws(Problem) -> Bool {
        guard !desk.secret.bytes.isEmpty, let given = try call.bearer() else { return false }
        return desk.secret.matches(Array(given.utf8))
    }

    private func answer(
        _ words: [Substring],
        _ call: Call
    ) async throws(JournalError) -> Answer {
        switch (words.first, words.count) {
        case ("status", 1): return .json(desk.status())
        case ("partitions", 2):
            guard let partition = Int(words[1]).flatMap({ Partition($0) }),
                let bytes = try await desk.outline(of: partition)
            else { break }
            return bare(bytes)
        case ("part", 1):
            guard let query = try? call.query(), let name = query["topic"],
                let topic = try? TopicID(name), let after = query["after"].flatMap({ Offset($0) })
            else { break }
            return bare(try await desk.part(of: topic, after: after))
        case ("version", 1):
            guard let query = try? call.query(), let name = query["topic"],
                let topic = try? TopicID(name), let id = query["id"].flatMap({ RecordID($0) }),
                let state = try await desk.version(id, of: topic)
            else { break }
            let fields = StandardFields.text(type: "application/octet-stream")
            return Answer(.ok, fields: fields, body: ByteBuffer(bytes: state))
        default: break
        }
        return .problem(.notFound)
    }

    private func bare(_ bytes: [UInt8]) -> Answer {
        Answer(.ok, fields: StandardFields.json, body: ByteBuffer(bytes: bytes))
    }
}
