import Hub

/// Tables that follow from a slice's records, written in the same transaction as they are.
///
/// Whatever a projection gathers in memory it writes in `flush`, before the commit, and drops in
/// `reset`, when there will be none.
protocol Projection: AnyObject {
    /// Takes a record in. `event` is nil where the draft came without one: it is parsed then.
    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure)

    func flush() throws(SQLiteFailure)

    func reset()

    /// Empties the tables: every record will be shown again.
    func clear() throws(SQLiteFailure)
}
