/// The name of one element: who wrote it, and as that writer's how-many-th.
struct YID: Equatable {
    var client: UInt64
    var clock: UInt32
}
