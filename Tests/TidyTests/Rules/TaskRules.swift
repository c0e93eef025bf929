/// Concurrency has an owner and a bound.
extension Rule {
    static let tasks = [looseTask, sleep, unboundedStream]

    private static let taskPattern = Pattern(
        #"(?<![\w.])Task(?:<[^>\n]*>)?(?:\([^)\n]*\))?[ \t]*\{"#
            + #"|(?<![\w.])Task\.(?:detached|immediate)\b"#
    )

    /// A task that nobody waits for outlives its reason and hides its failure.
    static let looseTask = Rule("Task { is banned") { (file: SourceFile) in
        guard file.isProduct else { return [] }
        return taskPattern.matches(in: file.code).map {
            Finding(
                path: file.path,
                line: $0.line,
                banned: $0.text,
                use: "a task group, or a service's run()"
            )
        }
    }

    private static let sleepPattern = Pattern(#"\bTask(?:<[^>\n]*>)?\.sleep\b"#)

    static let sleep = Rule("Task.sleep is banned") { (file: SourceFile) in
        guard file.isIn("Sources") else { return [] }
        return sleepPattern.matches(in: file.code).map {
            Finding(path: file.path, line: $0.line, banned: $0.text, use: "the loop's timer wheel")
        }
    }

    private static let streamPattern = Pattern(
        #"\bAsync(?:Throwing)?Stream(?:<[^>\n]*>)?(?:\.makeStream)?[ \t]*[({]"#
    )

    /// How many lines the arguments may take before the policy among them.
    private static let policyDistanceMaximum = 4

    static let unboundedStream = Rule("A stream has a bounded buffer") { (file: SourceFile) in
        guard file.isProduct else { return [] }
        let lines = file.code.split(separator: "\n", omittingEmptySubsequences: false)
        return streamPattern.matches(in: file.code).compactMap { match in
            let nearby = lines[(match.line - 1)...].prefix(policyDistanceMaximum)
                .joined(separator: " ")
            if nearby.contains("bufferingPolicy"), !nearby.contains(".unbounded") { return nil }
            return Finding(
                path: file.path,
                line: match.line,
                banned: "an AsyncStream without bound",
                use: "bufferingPolicy: .bufferingNewest or .bufferingOldest"
            )
        }
    }
}
