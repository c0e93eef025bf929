/// The import graph: a target exists to forbid an import.
extension Rule {
    static let imports = [importGraph]

    private enum Allowance {
        case only(Set<String>)
        case allBut(Set<String>)

        func admits(_ module: String) -> Bool {
            switch self {
            case .only(let modules): modules.contains(module) || languageModules.contains(module)
            case .allBut(let modules): !modules.contains(module)
            }
        }
    }

    /// What comes with the language and is no framework: every target may have it.
    private static let languageModules: Set<String> = ["Swift", "Glibc", "Synchronization"]

    private static let collections: Set<String> = [
        "Collections", "DequeModule", "OrderedCollections", "HeapModule",
    ]

    private static let allowances: [String: Allowance] = [
        "WebSocket": .only(["CZlib"]),
        "Reactor": .only(["CLinux", "COpenSSL"]),
        "CRDT": .only([]),
        "TimeSeries": .only([]),
        "Hub": .only(collections.union(["CRDT", "TimeSeries", "Logging"])),
        "Storage": .only([
            "Hub", "TimeSeries", "GRDB", "GRDBSQLite", "Foundation", "Dispatch", "Logging",
        ]),
        "Cluster": .only(["Hub", "Reactor", "CHiredis", "Foundation", "Logging"]),
        "Gateway": .allBut(["Storage", "Cluster", "Martlet", "GRDB", "CHiredis", "CRDT"]),
        "loadtest": .allBut(["Hub", "Gateway", "Storage", "Cluster", "Martlet"]),
    ]

    private static let importPattern = Pattern(
        #"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]+)*(?:(?:package|internal|private|fileprivate|public)"#
            + #"[ \t]+)?import[ \t]+"#
            + #"(?:(?:struct|class|enum|protocol|typealias|func|var|let)[ \t]+)?(\w+)"#
    )

    static let importGraph = Rule("A target imports what its place allows") { (file: SourceFile) in
        guard let target = file.target, let allowance = allowances[target] else { return [] }
        return importPattern.matches(in: file.code).filter { !allowance.admits($0.group) }.map {
            Finding(
                path: file.path,
                line: $0.line,
                banned: "import \($0.group) in \(target)",
                use: "a port, or a place where that import belongs"
            )
        }
    }
}
