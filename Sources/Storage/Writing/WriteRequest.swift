import Hub
import TimeSeries

/// Something for the writer's thread to do, and whom to tell.
enum WriteRequest: Sendable {
    typealias Answer<Value: Sendable> = CheckedContinuation<Result<Value, JournalError>, Never>

    struct Append: Sendable {
        let drafts: [Draft]
        let topic: TopicID
        let expecting: Offset?
        let bytes: Int
        let arrival: ContinuousClock.Instant
        let answer: Answer<[Record]>
    }

    case append(Append)
    /// Where a topic stands, also one that has no records.
    case head(TopicID, Answer<Position>)
    case save(Snapshot, TopicID, Answer<Void>)
    /// Forgets records that a snapshot covers.
    case trim(TopicID, Offset, Answer<Void>)
    /// The state of a document's version, made from the log of that epoch.
    case finish(DocumentVersion, TopicID, Epoch, Answer<Void>)
    /// Blocks of a shard's samples.
    case storeBlocks([SealedBlock], shard: Int, Answer<Void>)
    /// Removes blocks that are kept no longer; answers how many.
    case removeBlocks(endedBefore: [Tier: Int64], limit: Int, Answer<Int>)
    /// The state with which an import's topic begins.
    case begin(Snapshot, TopicID, Answer<Void>)
    /// Keys of forgotten records of an import.
    case remember([Record], TopicID, Answer<Void>)
    /// Records of an import; answers how many were not there yet.
    case absorb([Draft], TopicID, Answer<Int>)
    /// Makes the epoch a topic's, unless that has records of its own.
    case adopt(Epoch, TopicID, Answer<Void>)
    /// Entries of a cluster's log, in order.
    case archive([Entry], Partition, Epoch, Answer<Void>)
    /// Takes back what was archived behind an entry, and goes on there in another epoch; answers
    /// whether all of it is known.
    case cut(Bookmark, Partition, Answer<Bool>)
    /// Keeps entries that are to be appended again.
    case keep([Entry], Partition, Answer<Void>)
    /// Those that are kept and still to be appended.
    case strays(Partition, Answer<[Entry]>)
    /// A partition goes on in another epoch.
    case turn(Bookmark, Partition, Answer<Void>)
    /// The partition is to be filled from another node's copy.
    case open(Partition, Answer<Void>)
    /// A piece of another node's copy; answers what it takes the place of.
    case take(TopicPart, Answer<[Record]>)
    /// The partition is as the other node's copy was.
    case complete(Partition, PartitionOutline, Answer<Void>)
    /// Derives all projections again.
    case rebuild(Answer<Void>)
    /// Anything else, outside of a transaction: answers for itself.
    case work(@Sendable (Connection) -> Void)

    /// Drafts that it holds, at least one: what the queue's bound counts.
    var weight: Int {
        switch self {
        case .append(let append): max(1, append.drafts.count)
        case .absorb(let drafts, _, _): max(1, drafts.count)
        case .remember(let records, _, _): max(1, records.count)
        case .archive(let entries, _, _, _): max(1, entries.reduce(0) { $0 + $1.records.count })
        case .storeBlocks(let blocks, _, _): max(1, blocks.count)
        case .take(let part, _): max(1, part.records.count + part.forgotten.count)
        default: 1
        }
    }

    var bytes: Int {
        switch self {
        case .append(let append): append.bytes
        case .save(let snapshot, _, _), .begin(let snapshot, _, _): snapshot.state.count
        case .finish(let version, _, _, _): version.state.count
        case .storeBlocks(let blocks, _, _): blocks.reduce(0) { $0 + $1.bytes.count }
        case .absorb(let drafts, _, _): drafts.reduce(0) { $0 + $1.payload.count }
        case .archive(let entries, _, _, _):
            entries.reduce(0) { $1.records.reduce($0) { $0 + $1.payload.count } }
        case .take(let part, _):
            part.records.reduce(part.snapshot?.state.count ?? 0) { $0 + $1.payload.count }
        default: 0
        }
    }

    /// Tells the sender that nothing was done, and why.
    func refuse(_ error: JournalError) {
        switch self {
        case .append(let append): append.answer.resume(returning: .failure(error))
        case .head(_, let answer): answer.resume(returning: .failure(error))
        case .save(_, _, let answer), .adopt(_, _, let answer), .rebuild(let answer),
            .trim(_, _, let answer), .finish(_, _, _, let answer), .begin(_, _, let answer),
            .remember(_, _, let answer), .storeBlocks(_, _, let answer),
            .archive(_, _, _, let answer), .turn(_, _, let answer), .keep(_, _, let answer),
            .open(_, let answer), .complete(_, _, let answer):
            answer.resume(returning: .failure(error))
        case .absorb(_, _, let answer), .removeBlocks(_, _, let answer):
            answer.resume(returning: .failure(error))
        case .strays(_, let answer): answer.resume(returning: .failure(error))
        case .take(_, let answer): answer.resume(returning: .failure(error))
        case .cut(_, _, let answer): answer.resume(returning: .failure(error))
        case .work: break
        }
    }
}
