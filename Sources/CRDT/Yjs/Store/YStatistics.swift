/// How large a document is.
package struct YStatistics: Sendable, Hashable {
    package var structs = 0
    package var clients = 0
    package var deletedStructs = 0
    /// An estimate of the memory that the document takes.
    package var bytes = 0
    package var pendingStructs = 0
    package var pendingBytes = 0
    package var pendingRanges = 0

    package init() {}
}
