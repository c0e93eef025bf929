/// What one engine took for one task, once.
struct DocumentFigure {
    let nanoseconds: Int64
    let bytes: Int

    var milliseconds: Double { Double(nanoseconds) / 1e6 }
}
