import Hub

/// Outlines and parts as nodes tell them each other: JSON, the records in it as the log has them.
package enum CopyCoding {
    package static func encode(_ outline: PartitionOutline) -> [UInt8] {
        let topics = outline.topics.map { extent -> JSON in
            let former = extent.former.map { epoch, kept in
                JSON.Member(epoch.description, .string(String(kept)))
            }
            return [
                "topic": .string(extent.topic.text), "head": .string(String(extent.head)),
                "trimmed": .string(String(extent.trimmed)), "former": .object(former),
            ]
        }
        let json: JSON = [
            "epoch": .string(outline.bookmark.epoch.description),
            "sequence": .string(String(outline.bookmark.sequence)),
            "entry": .string(EntryMessage.hexadecimal(outline.bookmark.entry)),
            "topics": .array(topics),
        ]
        return json.encoded()
    }

    /// Nil when the bytes are none, or have topics of another partition.
    package static func outline(
        _ bytes: [UInt8],
        of partition: Partition
    ) -> PartitionOutline? {
        guard let json = try? JSONParser.parse(bytes),
            let epoch = json["epoch"]?.string.flatMap({ Epoch($0) }),
            let sequence = offset(json["sequence"]),
            let entry = json["entry"]?.string.flatMap({ EntryMessage.number($0) }),
            let topics = json["topics"]?.array
        else { return nil }
        var extents: [TopicExtent] = []
        for topic in topics {
            guard let name = topic["topic"]?.string, let id = try? TopicID(name),
                Partition(of: id) == partition,
                let head = offset(topic["head"]), let trimmed = offset(topic["trimmed"]),
                case .object(let members)? = topic["former"]
            else { return nil }
            var former: [Epoch: Offset] = [:]
            for member in members {
                guard let epoch = Epoch(member.key), let kept = offset(member.value) else {
                    return nil
                }
                former[epoch] = kept
            }
            extents.append(TopicExtent(topic: id, head: head, trimmed: trimmed, former: former))
        }
        let bookmark = Bookmark(epoch: epoch, sequence: sequence, entry: entry)
        return PartitionOutline(bookmark: bookmark, topics: extents)
    }

    package static func encode(_ part: TopicPart) -> [UInt8] {
        var json: JSON = ["topic": .string(part.topic.text)]
        if let snapshot = part.snapshot {
            json.append("offset", .string(String(snapshot.offset)))
            json.append("state", .bytes(snapshot.state))
        }
        json.append("forgotten", .array(part.forgotten.map(describe)))
        json.append("versions", .array(part.versions.map(describe)))
        if let first = part.records.first {
            json.append("first", .string(String(first.offset)))
            json.append("records", .bytes(RecordBytes.encode(part.records.map { Draft($0) })))
        }
        return json.encoded()
    }

    /// Nil when the bytes are none, or of another topic.
    package static func part(_ bytes: [UInt8], of topic: TopicID, after: Offset) -> TopicPart? {
        guard let json = try? JSONParser.parse(bytes), json["topic"]?.string == topic.text,
            let forgotten = json["forgotten"]?.array,
            let told = json["versions"]?.array
        else { return nil }
        var snapshot: Snapshot?
        if let state = json["state"]?.binary {
            guard let end = offset(json["offset"]) else { return nil }
            snapshot = Snapshot(offset: end, state: state)
        }
        var records: [Record] = []
        if let bytes = json["records"]?.binary {
            guard let first = offset(json["first"]),
                let decoded = RecordBytes.decode(bytes[...], first: first)
            else { return nil }
            records = decoded
        }
        let remains = forgotten.compactMap(record)
        let versions = told.compactMap(version)
        guard remains.count == forgotten.count, versions.count == told.count else { return nil }
        return TopicPart(
            topic: topic,
            kept: after,
            snapshot: snapshot,
            forgotten: remains,
            versions: versions,
            records: records
        )
    }

    /// Nil also where an archive would have no number for it, or none for the next.
    private static func offset(_ json: JSON?) -> Offset? {
        guard let offset = json?.string.flatMap({ Offset($0) }), offset < Offset(Int64.max) else {
            return nil
        }
        return offset
    }

    private static func time(_ json: JSON?) -> Timestamp? {
        guard let time = json?.timestamp, RecordBytes.times.contains(time.milliseconds) else {
            return nil
        }
        return time
    }

    private static func describe(_ record: Record) -> JSON {
        [
            "id": .string(record.id.description), "offset": .string(String(record.offset)),
            "at": .int(record.at.milliseconds), "by": .string(record.author),
            "type": .string(record.type), "key": record.key.map { .string($0) } ?? .null,
        ]
    }

    private static func record(_ json: JSON) -> Record? {
        guard let id = json["id"]?.recordID, let offset = offset(json["offset"]),
            let at = time(json["at"]), let author = json["by"]?.string,
            let type = json["type"]?.string
        else { return nil }
        return Record(
            id: id,
            offset: offset,
            author: author,
            at: at,
            key: json["key"]?.string,
            type: type,
            payload: []
        )
    }

    private static func describe(_ version: DocumentVersion) -> JSON {
        [
            "id": .string(version.id.description), "offset": .string(String(version.offset)),
            "at": .int(version.at.milliseconds), "by": .string(version.author),
            "name": version.name.map { .string($0) } ?? .null,
        ]
    }

    private static func version(_ json: JSON) -> DocumentVersion? {
        guard let id = json["id"]?.recordID, let offset = offset(json["offset"]),
            let at = time(json["at"]), let author = json["by"]?.string
        else { return nil }
        return DocumentVersion(
            id: id,
            name: json["name"]?.string,
            at: at,
            author: author,
            offset: offset
        )
    }
}
