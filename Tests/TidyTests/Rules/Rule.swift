import Testing

/// A rule of the house: a name that reads as a sentence, and a pure search for what breaks it.
struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    private let search: @Sendable (SourceTree) -> [Finding]

    init(_ name: String, overTree search: @escaping @Sendable (SourceTree) -> [Finding]) {
        self.name = name
        self.search = search
    }

    init(_ name: String, overFile search: @escaping @Sendable (SourceFile) -> [Finding]) {
        self.init(name) { (tree: SourceTree) in tree.files.flatMap(search) }
    }

    /// What breaks the rule, less what is excepted.
    func findings(in tree: SourceTree) -> [Finding] {
        search(tree).filter { finding in
            !Exception.all.contains { $0.rule.name == name && $0.path == finding.path }
        }
    }

    /// What breaks the rule in files given as path and text.
    func findings(in samples: [String: String]) -> [Finding] {
        search(SourceTree(files: samples.map { SourceFile(path: $0.key, text: $0.value) }))
    }

    /// Whether the rule would object to a file but for an exception.
    func objects(to path: String, in tree: SourceTree) -> Bool {
        search(tree).contains { $0.path == path }
    }

    var testDescription: String { name }

    static let all: [Rule] =
        sizes + openings + bannedCalls + tasks + names + imports + slices + actors + paths
        + metrics
}
