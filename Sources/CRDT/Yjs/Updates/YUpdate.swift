/// A decoded and validated update: structs of clients, and what is deleted.
package struct YUpdate: Sendable {
    /// The update that changes nothing.
    package init() {}

    package init(v1 bytes: [UInt8], limits: YLimits = .server) throws(YDecodingError) {}

    package init(v2 bytes: [UInt8], limits: YLimits = .server) throws(YDecodingError) {}

    package func encodedV1() -> [UInt8] { [0, 0] }

    package func encodedV2() -> [UInt8] { [] }

    /// One update that says what all of these say.
    package static func merge(_ updates: [YUpdate]) -> YUpdate { YUpdate() }

    /// What of this somebody lacks who knows that much.
    package func difference(from known: YStateVector) -> YUpdate { self }

    /// What one knows who has only this: clients whose structs start at 0, up to the first hole.
    package var stateVector: YStateVector { YStateVector() }

    package var isEmpty: Bool { true }

    /// The clients whose structs are in this update.
    package var clients: [UInt64] { [] }
}
