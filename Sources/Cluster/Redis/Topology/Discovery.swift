/// What a scout has found out.

struct Discovery {
    enum Shape {
        case single(RedisEndpoint, role: String)
        case cluster(SlotTable)
    }

    let shape: Shape
    let version: RedisVersion?
}
