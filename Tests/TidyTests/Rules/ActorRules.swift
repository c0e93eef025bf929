/// An actor is a thing in the world: its doc comment says of what there is one.
extension Rule {
    static let actors = [actorDocumentation]

    static let actorDocumentation = Rule("Every actor says \"One per\"") { (file: SourceFile) in
        guard file.isProduct else { return [] }
        return Declaration.all(in: file).filter { $0.kind == "actor" }.compactMap { actor in
            guard !documentation(above: actor.line, in: file).contains("One per") else {
                return nil
            }
            return Finding(
                path: file.path,
                line: actor.line,
                banned: "an actor whose doc comment does not say \"One per\"",
                use: "\"One per topic\", or whatever \(actor.name) is one of"
            )
        }
    }

    /// The doc comment that ends above a line; attributes may stand between.
    private static func documentation(above line: Int, in file: SourceFile) -> String {
        file.lines[..<(line - 1)].reversed()
            .map { $0.trimmingPrefix(while: \.isWhitespace) }
            .prefix { $0.hasPrefix("///") || $0.hasPrefix("@") }
            .joined(separator: "\n")
    }
}
