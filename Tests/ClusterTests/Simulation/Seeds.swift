/// Seeds that have found something, and what: they are run for ever.
enum Seeds {
    static let found: [(seed: UInt64, what: String)] = [
        (16, "Topics were not told of what their own node had brought back."),
        (108, "The same, of a single entry."),
        (144, "Entries were cut after the log had them again, and the log lost them once more."),
        (1438, "A return waited for its answer from a log that was no more."),
        (2596, "The same, of keys."),
        (3614, "The same, with one node."),
        (6734, "What was read of a log that another had restored meanwhile was taken for lost."),
        (25319, "The same: it was appended again, and doubled."),
        (114713, "A copy that was cut, and whose disk failed then, claimed what it had no more."),
        (115619, "What one restoration had filled was taken for the next one's after a failover."),
        (148606, "What rested on a record that had just been archived was behind another one."),
    ]
}
