/// What is said of the tree is true, and nothing in it says where it was written.
extension Rule {
    static let paths = [mentionedPath, folderInReadme, machinePath]

    private static let mention = Pattern(
        #"(?<![\w/.-])((?:Sources|Tests|loadtest|deploy|\.ci)/[\w./+-]*[\w/])"#
    )

    static let mentionedPath = Rule("A path that is mentioned exists") { (tree: SourceTree) in
        tree.files.filter { $0.path.hasSuffix(".md") }.flatMap { file in
            mention.matches(in: file.text).filter { !exists($0.group, in: tree) }.map {
                Finding(
                    path: file.path,
                    line: $0.line,
                    banned: "\($0.group), which does not exist,",
                    use: "the path as it is now"
                )
            }
        }
    }

    private static func exists(_ path: String, in tree: SourceTree) -> Bool {
        let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
        return tree.paths.contains(bare) || tree.paths.contains { $0.hasPrefix(bare + "/") }
    }

    static let folderInReadme = Rule("The README names every folder of Sources") {
        (tree: SourceTree) in
        let readme = tree.files.first { $0.path == "README.md" }?.text ?? ""
        let folders = Set(tree.files.compactMap { $0.isIn("Sources") ? $0.target : nil })
        return folders.sorted().filter { !readme.contains("`\($0)`") && !mentions($0, readme) }.map
        {
            Finding(
                path: "README.md",
                line: 1,
                banned: "silence about Sources/\($0)",
                use: "one line that says what it is"
            )
        }
    }

    private static func mentions(_ folder: String, _ readme: String) -> Bool {
        !Pattern(#"Sources/"# + folder + #"\b"#).matches(in: readme).isEmpty
    }

    /// Written in pieces, so that this file does not break its own rule.
    private static let machine = Pattern(
        #"(?<![\w.:$~}/-])/(?:wo"# + #"rk|ro"# + #"ot|ho"# + #"me)/"#
    )

    static let machinePath = Rule("No path of a machine is written down") { (file: SourceFile) in
        machine.matches(in: file.text).map {
            Finding(
                path: file.path,
                line: $0.line,
                banned: "the machine's path \($0.text)",
                use: "a path from the root of the repository"
            )
        }
    }
}
