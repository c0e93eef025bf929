/// Bytes become an update only as a whole: nothing is applied before everything is checked.
extension YUpdate {
    package init(v1 bytes: [UInt8], limits: YLimits = .server) throws(YDecodingError) {
        self = try RowReader.update(bytes, limits: limits)
    }

    package init(v2 bytes: [UInt8], limits: YLimits = .server) throws(YDecodingError) {
        self = try ColumnReader.update(bytes, limits: limits)
    }

    /// Puts clients and ranges into their order, and joins what came in several parts.
    mutating func arrange() {
        deletes.normalise()
        guard groups.count > 1 else { return }
        var isOrdered = true
        for index in 1..<groups.count where groups[index - 1].client <= groups[index].client {
            isOrdered = false
        }
        guard !isOrdered else { return }
        groups.sort { $0.client > $1.client }
        let isUnique = (1..<groups.count).allSatisfy { groups[$0 - 1].client != groups[$0].client }
        if !isUnique { self = YUpdate.merge([self]) }
    }
}
