import CRDT

/// Who wrote a document, as far as the hub knows who a client is.
extension DocumentLog {
    /// Users, and the client ids that they wrote as.
    var authors: [JSON] {
        Dictionary(grouping: writers, by: \.value.user).sorted { $0.key < $1.key }.map {
            user,
            entries in
            let first = entries.map(\.value.first.milliseconds).min() ?? 0
            let last = entries.map(\.value.last.milliseconds).max() ?? 0
            return [
                "userId": .string(user),
                "updates": .int(entries.reduce(0) { $0 + $1.value.updates }),
                "firstAt": .int(first),
                "lastAt": .int(last),
                "clients": .array(
                    entries.map(\.key).sorted().map { .int(Int64(clamping: $0)) }
                ),
            ]
        }
    }

    /// A text in pieces, each with the client that wrote it and who that is.
    func runs(of root: String) -> [JSON] {
        document.authoredRuns(root).map { run in
            [
                "text": .string(run.text),
                "clientId": .int(Int64(clamping: run.client)),
                "userId": writers[run.client].map { .string($0.user) } ?? .null,
                "length": .int(Int64(run.length)),
            ]
        }
    }
}
