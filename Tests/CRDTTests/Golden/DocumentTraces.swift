import CRDT

/// All that can be seen of a document, to find out whether something left a trace in it.
struct DocumentTraces: Equatable {
    let v1: [UInt8]
    let v2: [UInt8]
    let vector: YStateVector
    let pendingSize: Int
    let statistics: YStatistics
    let roots: [String]
    let texts: [String]

    init(_ document: YDocument) {
        v1 = document.encodeStateV1(includingPending: true)
        v2 = document.encodeStateV2(includingPending: true)
        vector = document.stateVector
        pendingSize = document.pendingSize
        statistics = document.statistics
        roots = document.rootNames
        texts = document.rootNames.map { document.text($0) + document.xml($0) }
    }
}
