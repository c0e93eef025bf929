/// A shared type: a list and a map at once.
struct YType {
    /// The first item of the list.
    var start: YHandle = .none
    /// The item that holds it; none for a root.
    var owner: YHandle
    /// The name of the root in which it is.
    var rootName: YHandle
    /// None for a root: what a root is, its readers decide.
    var code: YTypeCode?
    /// How many types it is nested in.
    var depth: UInt32 = 0
    var keys = YKeyTable()
}
