import Hub

/// How a bookmark is read from its row. SQLite's integers are signed: an entry's id is kept by its
/// bits.
enum BookmarkRow {
    static let columns = "epoch, sequence, entry"

    static func read(_ row: PreparedStatement) -> Bookmark { read(row, from: 0) }

    static func read(_ row: PreparedStatement, from column: Int32) -> Bookmark {
        Bookmark(
            epoch: Epoch(UInt32(truncatingIfNeeded: row.int(column))),
            sequence: UInt64(clamping: row.int(column + 1)),
            entry: UInt64(bitPattern: row.int(column + 2))
        )
    }
}
