/// A bad and a good sample for every rule.
extension RuleSample {
    static let all = sizes + openings + calls + tasks + names + graph + tree

    private static func lines(_ count: Int, of line: String) -> String {
        Array(repeating: line, count: count).joined(separator: "\n")
    }

    private static let sizes = [
        RuleSample(
            .lineLength,
            bad: "let a = 1\n" + String(repeating: "x", count: 101),
            good: String(repeating: "é", count: 100),
            lines: [2]
        ),
        RuleSample(
            .fileLength,
            bad: lines(401, of: "//") + "\n",
            good: lines(400, of: "//") + "\n",
            lines: [401]
        ),
        RuleSample(
            .functionLength,
            bad: "struct S {\n    func f(a: () -> Void = {}) {\n"
                + lines(69, of: "        g(\"}\")  // }") + "\n    }\n}",
            good: "protocol P {\n    func f()\n    init()\n}\nstruct S {\n    init() {\n"
                + lines(68, of: "        self.init(a)") + "\n    }\n}",
            lines: [2]
        ),
    ]

    private static let openings = [
        RuleSample(
            .opening,
            bad: "// Copyright by somebody\nimport Glibc",
            good: "package import Glibc\n\n/// A loop.\nstruct Loop {}"
        ),
        RuleSample(
            .documentation,
            bad: "import Glibc\n\nstruct Loop {}",
            good: "import Glibc\n@testable import Hub\n\n/// A loop.\nstruct Loop {}",
            lines: [3]
        ),
    ]

    private static func call(_ name: String, bad: String, good: String) -> RuleSample {
        let rule = Rule.bannedCalls.first { $0.name == "\(name) is banned" }
        return RuleSample(rule ?? .unfinished, bad: bad, good: good)
    }

    private static let calls = [
        call(
            "print(",
            bad: "print(a)",
            good: "log.print(a); blueprint(a); \"print(a)\"  // print("
        ),
        call("try!", bad: "try! open()", good: "try open(); \"try!\""),
        call("as!", bad: "a as! Int", good: "a as? Int; alias != b"),
        call(
            "a forced unwrap",
            bad: "let b = a[0]!.count",
            good: "a != b; !a; f(!a); x as! Int; try! f(); \"a!\"; a !== b; a!=b"
        ),
        call("fatalError(", bad: "fatalError()", good: "preconditionFailure(\"fatalError(\")"),
        call(
            "public",
            bad: "public static let a = 1",
            good: "case `public`; f(.public, public: true) // public func"
        ),
        call(
            "@unchecked Sendable",
            bad: "final class A: @unchecked Sendable {}",
            good: "final class A: Sendable {}  // not @unchecked Sendable"
        ),
        call(
            "nonisolated(unsafe)",
            bad: "nonisolated(unsafe) var a = 1",
            good: "nonisolated var a: Int { 1 }"
        ),
        RuleSample(
            .unsoundReactor,
            "Sources/Reactor/Loop/Sample.swift",
            bad: "struct A {\n    let a = 1\n\n\n}\nfinal class B: @unchecked Sendable {}",
            good:
                "/// Its loop alone touches it.\n@frozen\nfinal class B:\n"
                + "    @unchecked Sendable\n{}",
            lines: [6]
        ),
        RuleSample(
            .unfinished,
            bad: "/* later: FIXME */ let a = 1\n// TODO: the rest",
            good: "let todo = \"TODO\"  // a mastodon's name",
            lines: [1, 2]
        ),
    ]

    private static let tasks = [
        RuleSample(
            .looseTask,
            bad: "Task { await f() }\nTask.detached(priority: .low) {}\nTask<Void, Never>{}",
            good: "withTaskGroup { $0.addTask { await f() } }; Task.isCancelled; \"Task {\"",
            lines: [1, 2, 3]
        ),
        RuleSample(
            .sleep,
            bad: "try await Task.sleep(for: .seconds(1))",
            good: "// never Task.sleep\nloop.schedule(after: .seconds(1))"
        ),
        RuleSample(
            .unboundedStream,
            bad: "AsyncStream<Int> { $0.finish() }\nAsyncStream.makeStream(of: Int.self)",
            good: "AsyncStream.makeStream(\n    of: Int.self,\n    "
                + "bufferingPolicy: .bufferingNewest(9)\n)\nfunc f(_ a: AsyncStream<Int>) {}",
            lines: [1, 2]
        ),
    ]

    private static let names = [
        RuleSample(
            .bannedName,
            "Sources/Hub/Topics/RoomHelper.swift",
            bad: "let a = 1\npackage final class RoomManager {\n    enum UserInfo {}\n}",
            good: "",
            lines: [1, 2, 3]
        ).passing("Sources/Hub/Topics/Room.swift", "struct Room { let userInfo: NewYork }"),
        RuleSample(
            .fileName,
            bad: "struct Other {}",
            good: "extension Namespace.Sample {}"
        ),
        RuleSample(
            .fileName,
            "Sources/Hub/Array+Span.swift",
            bad: "struct Span {}",
            good: "extension [UInt8] {}"
        ),
    ]

    /// The same with another good file.
    private func passing(_ path: String, _ text: String) -> RuleSample {
        RuleSample(rule, bad: bad, good: [path: text], lines: lines)
    }

    private static let graph = [
        RuleSample(
            .importGraph,
            bad: "import Glibc\nimport Foundation\n@preconcurrency import struct Reactor.Loop",
            good: "import Logging\npackage import CRDT\nimport Synchronization\n// import GRDB",
            lines: [2, 3]
        ),
        RuleSample(
            .importGraph,
            "Sources/Gateway/HTTP/Sample.swift",
            bad: "import Foundation\nimport Storage",
            good: "import Hummingbird\nimport Foundation",
            lines: [2]
        ),
        RuleSample(
            .sliceIsolation,
            bad: [
                "Sources/Hub/Chat/ChatRoom.swift": "/// A room.\nactor ChatRoom {}",
                "Sources/Hub/Orders/Order.swift": "/// Not ChatRoom.\nlet room: ChatRoom?",
            ],
            good: [
                "Sources/Hub/Chat/ChatRoom.swift": "struct ChatRoom { enum State {} }",
                "Sources/Hub/Orders/Order.swift": "struct Order { enum State {}; let a: State }",
                "Sources/Hub/Topics/Registry.swift": "let room: ChatRoom?",
            ],
            lines: [2]
        ),
        RuleSample(
            .actorDocumentation,
            bad: "/// A room.\npackage actor Room {}",
            good: "/// A room. One per topic.\n@Isolated\npackage actor Room {}\nlet actor = 1",
            lines: [2]
        ),
    ]

    private static let tree = [
        RuleSample(
            .mentionedPath,
            bad: ["README.md": "See `Sources/Hub`\nand [this](Sources/Gone/Away.swift)."],
            good: [
                "README.md": "See Sources/Hub/Chat/, `Sources/Hub/Chat/Room.swift`. Tests/<name>",
                "Sources/Hub/Chat/Room.swift": "",
            ],
            lines: [1, 2]
        ),
        RuleSample(
            .folderInReadme,
            bad: ["README.md": "| `Hub` | the domain |", "Sources/HubTwo/A.swift": ""],
            good: ["README.md": "| `Hub` | the domain |", "Sources/Hub/A.swift": ""]
        ),
        RuleSample(
            .machinePath,
            "Makefile",
            bad: "run:\n\tcd /" + "work/main && make",
            good: "run:\n\tcd network/" + "work/main; https://a.b/" + "home/; $HOME/" + "work/a",
            lines: [2]
        ),
        RuleSample(
            .knownMetric,
            bad: [
                "deploy/alerts.yml": "expr: martlet_turns\nexpr: martlet_commit_seconds_bucket",
                "Sources/Hub/Turns.swift": "let name = \"martlet_turns_total\"",
                "deploy/site.conf": "set $martlet_connection 1;",
            ],
            good: [
                "deploy/alerts.yml": "expr: martlet_commit_seconds_bucket\nname: martlet-data",
                "Sources/Hub/Commits.swift": "let name = \"martlet_commit_seconds\"",
            ],
            lines: [1, 2]
        ),
    ]
}
