/// What a document has of one client.
struct YClient {
    let id: UInt64
    /// The clock that is expected next.
    var state: UInt32 = 0
    var index = YItemIndex()
    /// The content of its structs. What a run is continued with is appended to it, so that the
    /// run itself is continued.
    var content: [UInt8] = []
    /// From where on a large transaction may have left neighbours to join.
    var lowestSeam = UInt32.max
    /// How many bytes of the content nobody refers to any more.
    var garbage = 0
}
