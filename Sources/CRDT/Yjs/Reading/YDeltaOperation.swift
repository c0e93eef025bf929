/// One run of a text with the same attributes, or one thing embedded in it.
package struct YDeltaOperation: Sendable, Hashable {
    package enum Insert: Sendable, Hashable {
        case text(String)
        case embed(YValue)
        case type(YTypeReference)
    }

    package var insert: Insert
    /// Sorted by key, because their order means nothing.
    package var attributes: [YMember]

    package init(insert: Insert, attributes: [YMember] = []) {
        self.insert = insert
        self.attributes = attributes
    }
}
