import Hub

/// What a room's rows are found by, and the epoch of its positions.
struct RoomKey: Sendable {
    let row: Int64
    let epoch: Epoch

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
