/// What a viewer wants to see first: the fields of its join.
struct StreamWish: Sendable {
    private static let windowMaximum: Int64 = 400 * 86_400_000
    private static let pointsMaximum: Int64 = 5000

    /// How far back, in milliseconds.
    let window: Int64
    /// How many points of each series at the most.
    let points: Int
    /// The newest sample that the viewer has: only what is newer is wanted.
    let since: Int64?

    init(_ fields: JSON) throws(Rejection) {
        let fields = Fields(fields)
        window = fields.has("window") ? try fields.int("window", in: 0...Self.windowMaximum) : 0
        points =
            fields.has("points") ? Int(try fields.int("points", in: 2...Self.pointsMaximum)) : 500
        since = try fields.optionalTime("seen")?.milliseconds
    }
}
