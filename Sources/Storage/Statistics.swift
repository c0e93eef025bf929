/// What there is to measure of the storage at a moment.
package struct Statistics: Sendable, Hashable {
    /// Counts since the start.
    package struct Writing: Sendable, Hashable {
        package var commits = 0
        package var appends = 0
        package var drafts = 0
        package var failures = 0
        /// The most drafts that one commit held.
        package var batchMaximum = 0
        /// From BEGIN to the end of COMMIT.
        package var commitSeconds = LatencyHistogram()
        /// From the append's arrival to the end of its commit.
        package var appendSeconds = LatencyHistogram()
    }

    package var writing: Writing
    /// Drafts that wait for the writer.
    package var queueDepth: Int
    /// Questions that wait for a reader.
    package var readQueueDepth: Int
    package var databaseBytes: Int64
    package var walBytes: Int64
}
