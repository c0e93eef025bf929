/// One transaction of edits that the server itself makes. Indexes count UTF-16 code units in
/// texts, and elements elsewhere.
package struct YEdit: ~Copyable {
    /// Inserts text; without attributes it takes those of its left neighbour.
    package mutating func insert(
        _ text: String,
        at index: Int,
        in type: YTypeReference,
        attributes: [YMember]? = nil
    ) throws(YEditError) {}

    package mutating func insertEmbed(
        _ value: YValue,
        at index: Int,
        in type: YTypeReference,
        attributes: [YMember]? = nil
    ) throws(YEditError) {}

    /// Sets attributes on a range; null takes one away.
    package mutating func format(
        _ range: Range<Int>,
        in type: YTypeReference,
        attributes: [YMember]
    ) throws(YEditError) {}

    /// Deletes visible elements of a text, array or XML type.
    package mutating func delete(_ range: Range<Int>, in type: YTypeReference) throws(YEditError) {}

    /// Makes the text read like this with as small an edit as a common head and tail allow.
    package mutating func setText(_ text: String, in type: YTypeReference) throws(YEditError) {}

    package mutating func set(_ key: String, to value: YValue, in type: YTypeReference)
        throws(YEditError)
    {}

    /// Sets a key to an empty shared type.
    package mutating func setType(_ key: String, to kind: YTypeKind, in type: YTypeReference)
        throws(YEditError) -> YTypeReference
    { .root("") }

    package mutating func remove(_ key: String, in type: YTypeReference) throws(YEditError) {}

    package mutating func insert(_ values: [YValue], at index: Int, in type: YTypeReference)
        throws(YEditError)
    {}

    package mutating func push(_ values: [YValue], in type: YTypeReference) throws(YEditError) {}

    /// Inserts an empty shared type into an array or an XML type.
    package mutating func insertType(_ kind: YTypeKind, at index: Int, in type: YTypeReference)
        throws(YEditError) -> YTypeReference
    { .root("") }

    package mutating func setAttribute(
        _ name: String, to value: String, in type: YTypeReference
    ) throws(YEditError) {}

    package mutating func removeAttribute(_ name: String, in type: YTypeReference)
        throws(YEditError)
    {}
}
