/// What is in a document, for people and other programs.
extension YDocument {
    /// The names of all roots that an update or an edit has named, sorted.
    package var rootNames: [String] { store.roots.keys.map { store.names[$0] }.sorted() }

    /// The plain text: formats, embeds and nested types vanish.
    package func text(_ root: String) -> String { text(of: .root(root)) ?? "" }

    package func text(of type: YTypeReference) -> String? {
        store.type(type).map(store.text)
    }

    package func delta(_ root: String) -> [YDeltaOperation] { [] }
    package func delta(of type: YTypeReference) -> [YDeltaOperation]? { nil }

    package func json(_ root: String, as view: YJSONView) -> YValue { .null }
    package func json(of type: YTypeReference) -> YValue? { nil }

    /// XML, with text and attributes escaped.
    package func xml(_ root: String) -> String { "" }
    package func xml(of type: YTypeReference) -> String? { nil }

    /// The nested type under a key, or nil.
    package func child(_ key: String, of type: YTypeReference) -> YTypeReference? { nil }
    /// The nested type at an index, or nil.
    package func child(at index: Int, of type: YTypeReference) -> YTypeReference? { nil }
    /// The kind of a nested type; roots have none.
    package func kind(of type: YTypeReference) -> YTypeKind? { nil }
    /// How many visible elements the sequence has: UTF-16 code units in a text.
    package func length(of type: YTypeReference) -> Int? { nil }
}
