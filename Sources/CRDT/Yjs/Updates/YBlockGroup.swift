/// The structs of one client in an update: contiguous clocks, holes being structs themselves.
struct YBlockGroup {
    var client: UInt64
    /// Where they stand among the structs of the update.
    var blocks: Range<Int>
}
