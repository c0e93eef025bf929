import Hub
import TimeSeries

/// The lines of an export: JSON objects, one a line.
///
/// The first says what it is. Then each topic's line, followed by its records in order:
///
///     {"martlet":"export","version":1}
///     {"topic":"room:general","epoch":"k3","records":2}
///     {"offset":1,"id":"726…","at":179…,"by":"ada","key":"…","type":"message","data":{…}}
///
/// Where a payload is bytes, `base64` stands in the place of `data`. A topic whose first records
/// are forgotten has a line with the snapshot that stands for them, `{"upTo":41,"snapshot":"…"}`,
/// and one for each of them that has a key, with `"forgotten":true` in the place of `data`. A shard
/// of metric streams has its blocks behind its records, `{"block":7,"series":1,…,"samples":"…"}`.
enum Export {
    static let version: Int64 = 1

    static func header() -> [UInt8] {
        var line = JSONObjectWriter()
        line.write("martlet", "export")
        line.write("version", version)
        return line.finish()
    }

    static func topic(_ name: String, _ epoch: Epoch, records: Int64) -> [UInt8] {
        var line = JSONObjectWriter()
        line.write("topic", name)
        line.write("epoch", epoch.description)
        line.write("records", records)
        return line.finish()
    }

    /// What stands for the records up to there, which are forgotten.
    static func snapshot(_ snapshot: Snapshot) -> [UInt8] {
        var line = JSONObjectWriter(reserving: 60 + snapshot.state.count / 3 * 4)
        line.write("upTo", Int64(clamping: snapshot.offset))
        line.write("snapshot", .bytes(snapshot.state))
        return line.finish()
    }

    static func record(_ record: Record) -> [UInt8] {
        var line = begin(record)
        if record.isBinary {
            line.write("base64", .bytes(record.payload))
        } else {
            line.write("data", .raw(record.payload))
        }
        return line.finish()
    }

    static func block(_ block: SealedBlock) -> [UInt8] {
        var line = JSONObjectWriter(reserving: 160 + block.bytes.count / 3 * 4)
        line.write("block", Int64(clamping: block.sequence))
        line.write("series", Int64(clamping: block.series))
        line.write("tier", Int64(block.tier.rawValue))
        line.write("stands", Int64(block.stands.rawValue))
        line.write("start", block.start)
        line.write("end", block.end)
        line.write("count", Int64(block.count))
        line.write("samples", .bytes(block.bytes))
        return line.finish()
    }

    /// A record of which only the key matters.
    static func forgotten(_ record: Record) -> [UInt8] {
        var line = begin(record)
        line.write("forgotten", true)
        return line.finish()
    }

    private static func begin(_ record: Record) -> JSONObjectWriter {
        var line = JSONObjectWriter(reserving: 200 + record.payload.count)
        line.write("offset", Int64(clamping: record.offset))
        line.write("id", record.id)
        line.write("at", record.at)
        line.write("by", record.author)
        if let key = record.key { line.write("key", key) }
        line.write("type", record.type)
        return line
    }
}
