/// The domains in `Hub` are vertical slices, and know nothing of each other.
extension Rule {
    static let slices = [sliceIsolation]

    private static let sliceFolders = [
        "Chat", "Inbox", "Documents", "Inventory", "Carts", "Orders", "Metrics",
    ].map { "Sources/Hub/" + $0 }

    private static let capitalised = Pattern(#"(?<![\w.])([A-Z]\w*)"#)

    static let sliceIsolation = Rule("A slice does not name another slice's types") {
        (tree: SourceTree) in
        let owners = sliceOfType(in: tree)
        return tree.files.flatMap { file -> [Finding] in
            guard let own = sliceFolders.first(where: file.isIn) else { return [] }
            return capitalised.matches(in: file.code).compactMap { match in
                guard let owner = owners[match.group], owner != own else { return nil }
                return Finding(
                    path: file.path,
                    line: match.line,
                    banned: "\(match.group) of \(owner)",
                    use: "a type of Topics, Journal or Vocabulary"
                )
            }
        }
    }

    /// The slice that declares each type; a name that several places declare belongs to none.
    private static func sliceOfType(in tree: SourceTree) -> [String: String] {
        var places: [String: Set<String>] = [:]
        for file in tree.files where file.isIn("Sources/Hub") {
            let place = sliceFolders.first(where: file.isIn) ?? "Sources/Hub"
            for type in Declaration.all(in: file) where type.kind != "extension" {
                places[type.name, default: []].insert(type.isTopLevel ? place : "a type")
            }
        }
        return places.compactMapValues { $0.count == 1 ? $0.first : nil }
            .filter { sliceFolders.contains($0.value) }
    }
}
