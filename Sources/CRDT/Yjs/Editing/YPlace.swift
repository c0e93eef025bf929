/// A place between two items of a list, and what attributes hold there.
struct YPlace {
    var parent: YHandle
    var left: YHandle
    var right: YHandle
    var attributes = YAttributes()
}
