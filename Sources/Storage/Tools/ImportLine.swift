import Hub
import TimeSeries

/// A line of an export, read back.
enum ImportLine: Sendable {
    case header
    case topic(TopicID, Epoch)
    /// What stands for the topic's first records.
    case snapshot(Snapshot)
    /// One of those, without its payload: its key stays used.
    case forgotten(Record)
    case record(Draft)
    /// Samples or rows of a shard of metric streams.
    case block(SealedBlock)

    /// What is reckoned with a record's time stays far from where numbers end.
    private static let timeMaximum = Timestamp(milliseconds: 1 << 53)

    /// Throws what is wrong, in a sentence's half.
    init(_ line: [UInt8], isFirst: Bool) throws(Rejection) {
        // Strings of bytes that are no UTF-8 would be repaired silently.
        guard String(validating: line, as: UTF8.self) != nil else {
            throw Rejection(.badRequest, "It is not UTF-8.")
        }
        let object = try JSONParser.parse(line)
        if isFirst {
            guard object["martlet"]?.string == "export" else {
                throw Rejection(.badRequest, "It does not begin an export.")
            }
            guard object["version"]?.int == Export.version else {
                throw Rejection(.badRequest, "Its version is not one that is known.")
            }
            self = .header
        } else if let name = object["topic"]?.string {
            guard let epoch = object["epoch"]?.string.flatMap({ Epoch($0) }) else {
                throw Rejection(.badRequest, "The topic has no epoch.")
            }
            self = .topic(try TopicID(name), epoch)
        } else if let state = object["snapshot"] {
            guard let bytes = state.binary, let offset = object["upTo"]?.int, offset > 0 else {
                throw Rejection(.badRequest, "The snapshot is malformed.")
            }
            self = .snapshot(Snapshot(offset: Offset(offset), state: bytes))
        } else if object["block"] != nil {
            self = .block(try Self.block(object))
        } else if object["forgotten"]?.bool == true {
            guard let offset = object["offset"]?.int, offset > 0 else {
                throw Rejection(.badRequest, "offset: is missing or not a record's.")
            }
            let draft = try Self.draft(object, payload: [], isBinary: true)
            guard draft.key != nil else { throw Rejection(.badRequest, "key: is missing.") }
            self = .forgotten(Record(draft, offset: Offset(offset)))
        } else {
            self = .record(try Self.draft(object))
        }
    }

    private static func block(_ object: JSON) throws(Rejection) -> SealedBlock {
        func resolution(_ name: String) -> Tier? {
            object[name]?.int.flatMap { UInt8(exactly: $0) }.flatMap { Tier(rawValue: $0) }
        }
        guard let sequence = object["block"]?.int, let series = object["series"]?.int,
            let tier = resolution("tier"), let stands = resolution("stands"),
            let start = object["start"]?.int, let end = object["end"]?.int,
            let count = object["count"]?.int, let bytes = object["samples"]?.binary,
            sequence >= 0, series > 0, start <= end, count > 0
        else { throw Rejection(.badRequest, "The block is malformed.") }
        return SealedBlock(
            sequence: UInt64(sequence),
            series: UInt64(series),
            tier: tier,
            stands: stands,
            start: start,
            end: end,
            count: Int(count),
            bytes: bytes
        )
    }

    private static func draft(_ object: JSON) throws(Rejection) -> Draft {
        let binary = object["base64"]?.binary
        let data = object["data"]
        guard binary != nil || data.map({ if case .object = $0 { true } else { false } }) == true
        else {
            throw Rejection(.badRequest, "data: is missing or not an object.")
        }
        return try draft(
            object,
            payload: binary ?? data?.encoded() ?? [],
            isBinary: binary != nil
        )
    }

    private static func draft(
        _ object: JSON,
        payload: [UInt8],
        isBinary: Bool
    ) throws(Rejection) -> Draft {
        guard let id = object["id"]?.recordID else {
            throw Rejection(.badRequest, "id: is missing or not a record's.")
        }
        guard let at = object["at"]?.timestamp, at <= timeMaximum else {
            throw Rejection(.badRequest, "at: is missing or not a time.")
        }
        guard let author = object["by"]?.string, let type = object["type"]?.string else {
            throw Rejection(.badRequest, "by, type: is missing or not a text.")
        }
        guard let key = object.optional("key", \.string) else {
            throw Rejection(.badRequest, "key: is not a text.")
        }
        return Draft(
            id: id,
            author: author,
            at: at,
            key: key,
            type: type,
            payload: payload,
            isBinary: isBinary
        )
    }
}
