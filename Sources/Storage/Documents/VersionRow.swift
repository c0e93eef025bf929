import Hub

/// How a version is read from its row.
enum VersionRow {
    /// Behind them comes the state, or nothing in its place.
    static let columns = """
        versions.id, versions.name, versions.at, versions.author, versions.offset
        """
    static let count: Int32 = 6

    static func read(_ row: PreparedStatement) -> DocumentVersion {
        DocumentVersion(
            id: RecordID(row.int(0)),
            name: row.textIfAny(1),
            at: Timestamp(milliseconds: row.int(2)),
            author: row.text(3),
            offset: Offset(clamping: row.int(4)),
            state: row.bytes(5)
        )
    }
}
