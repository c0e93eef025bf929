/// Reads updates of the second format.
enum ColumnReader {
    static func update(_ bytes: [UInt8], limits: YLimits) throws(YDecodingError) -> YUpdate { YUpdate() }
}
