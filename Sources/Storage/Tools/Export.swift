import Hub

/// The lines of an export: JSON objects, one a line.
///
/// The first says what it is. Then each topic's line, followed by its records in order:
///
///     {"martlet":"export","version":1}
///     {"topic":"room:general","epoch":"k3","records":2}
///     {"offset":1,"id":"726…","at":179…,"by":"ada","key":"…","type":"message","data":{…}}
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

    static func record(_ record: Record) -> [UInt8] {
        var line = JSONObjectWriter(reserving: 200 + record.payload.count)
        line.write("offset", Int64(clamping: record.offset))
        line.write("id", record.id)
        line.write("at", record.at)
        line.write("by", record.author)
        if let key = record.key { line.write("key", key) }
        line.write("type", record.type)
        line.write("data", .raw(record.payload))
        return line.finish()
    }
}
