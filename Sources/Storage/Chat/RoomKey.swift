import Hub

/// What a room's rows are found by, and the epoch of its positions.
struct RoomKey: Sendable {
    let row: Int64
    let epoch: Epoch
    /// What stands between a message's fields and its offset, the same for all of a page.
    let positionStart: [UInt8]

    init(row: Int64, epoch: Epoch) {
        self.row = row
        self.epoch = epoch
        positionStart = Array(",\"position\":\"\(epoch):".utf8)
    }

    /// Nil for a topic that was never heard of.
    static func find(
        _ topic: TopicID,
        _ connection: Connection
    ) throws(SQLiteFailure) -> RoomKey? {
        let find = try connection.statement("SELECT id, epoch FROM topics WHERE name = ?1")
        find.bind(topic.text, at: 1)
        return try find.first {
            RoomKey(row: $0.int(0), epoch: Epoch(UInt32(truncatingIfNeeded: $0.int(1))))
        }
    }
}
