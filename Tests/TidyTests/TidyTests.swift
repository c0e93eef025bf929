import Foundation
import Testing

/// The tree keeps the rules of the house.
@Suite("The tree is tidy")
struct TidyTests {
    @Test("A rule of the house is kept everywhere", arguments: Rule.all)
    func isKept(rule: Rule) {
        let findings = rule.findings(in: .checkout)
        #expect(
            findings.isEmpty,
            "\(rule.name)\n\(findings.map(\.description).joined(separator: "\n"))"
        )
    }

    @Test("The tree that is read is the checkout")
    func readsTheCheckout() {
        let paths = SourceTree.checkout.paths
        for path in ["Package.swift", "Makefile", "README.md", "Sources/Hub", ".ci/run"] {
            #expect(paths.contains(path), "\(path) is missing")
        }
        #expect(SourceTree.checkout.files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    }

    @Test("Every exception is still needed, and gives its reason")
    func exceptionsAreNeeded() {
        for exception in Exception.all {
            let isNeeded = exception.rule.objects(to: exception.path, in: .checkout)
            #expect(isNeeded, "\(exception.path): \(exception.rule.name)")
            #expect(exception.reason.count > 20, "\(exception.path)")
        }
    }

    @Test("Nothing that is built is committed")
    func nothingBuiltIsTracked() throws {
        let tracked = try TrackedFiles.list()
        let built = tracked.filter {
            $0.hasPrefix(".build") || $0.contains("/.build") || $0.hasSuffix("Package.resolved")
                || $0.contains("__pycache__") || $0.contains("node_modules/")
        }
        #expect(built.isEmpty)
    }

    @Test("The top level holds what it should and nothing else")
    func topLevelIsClosed() throws {
        let allowed: Set<String> = [
            "Package.swift", "Makefile", "README.md", "Sources", "Tests", "loadtest", "deploy",
        ]
        let names = try TrackedFiles.list().compactMap { $0.split(separator: "/").first }
        let strangers = Set(names.map(String.init)).filter { !$0.hasPrefix(".") }
            .subtracting(allowed)
        #expect(strangers.isEmpty)
    }
}
