/// What is in a document, for people and other programs.
extension YDocument {
    /// The names of all roots that an update or an edit has named, sorted.
    package var rootNames: [String] { store.roots.keys.map { store.names[$0] }.sorted() }

    /// The plain text: formats, embeds and nested types vanish.
    package func text(_ root: String) -> String { text(of: .root(root)) ?? "" }

    package func text(of type: YTypeReference) -> String? {
        store.type(type).map(store.text)
    }

    /// The text in runs of the same attributes.
    package func delta(_ root: String) -> [YDeltaOperation] { delta(of: .root(root)) ?? [] }

    package func delta(of type: YTypeReference) -> [YDeltaOperation]? {
        store.type(type).map(store.delta)
    }

    /// The text in runs of the clients that wrote them.
    package func authoredRuns(_ root: String) -> [YAuthoredRun] {
        store.type(.root(root)).map(store.authoredRuns) ?? []
    }

    package func json(_ root: String, as view: YJSONView) -> YValue {
        let type = store.type(.root(root))
        switch view {
        case .map: return type.map { store.json(ofMap: $0, depth: depthMaximum) } ?? .object([])
        case .array: return type.map { store.json(ofList: $0, depth: depthMaximum) } ?? .array([])
        }
    }

    /// A nested type by its own kind; nil for a root, which has none.
    package func json(of type: YTypeReference) -> YValue? {
        guard let handle = store.type(type), store.types[Int(handle)].code != nil else {
            return nil
        }
        return store.json(of: handle, depth: depthMaximum)
    }

    /// XML, with text and attributes escaped.
    package func xml(_ root: String) -> String { xml(of: .root(root)) ?? "" }

    package func xml(of type: YTypeReference) -> String? {
        guard let handle = store.type(type) else { return nil }
        var writer = YXMLWriter(store: store)
        writer.write(handle, depth: depthMaximum)
        return writer.text
    }

    /// The nested type under a key, or nil.
    package func child(_ key: String, of type: YTypeReference) -> YTypeReference? {
        guard let handle = store.type(type), let name = store.names.known(key),
            let entry = store.types[Int(handle)].keys.entry(name)
        else { return nil }
        return store.reference(toTypeIn: entry.last)
    }

    /// The nested type at an index, or nil.
    package func child(at index: Int, of type: YTypeReference) -> YTypeReference? {
        guard let handle = store.type(type), index >= 0 else { return nil }
        var rest = index
        for item in store.list(of: handle) where store.items[Int(item)].isVisible {
            let length = Int(store.items[Int(item)].length)
            if rest < length { return store.reference(toTypeIn: item) }
            rest -= length
        }
        return nil
    }

    /// The kind of a nested type; roots have none.
    package func kind(of type: YTypeReference) -> YTypeKind? {
        store.type(type).flatMap(store.kind)
    }

    /// How many visible elements the sequence has: UTF-16 code units in a text.
    package func length(of type: YTypeReference) -> Int? {
        store.type(type).map { handle in
            store.list(of: handle).reduce(0) {
                $0 + (store.items[Int($1)].isVisible ? Int(store.items[Int($1)].length) : 0)
            }
        }
    }

    /// How far types and values are read that are nested in each other.
    private var depthMaximum: Int { options.limits.depthMaximum }
}
