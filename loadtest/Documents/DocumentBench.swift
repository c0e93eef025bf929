import Glibc

/// Measures our engine beside two others on the same editing trace, in turns.
struct DocumentBench {
    struct Settings {
        var trace: String
        var peers = "loadtest/Documents/peers"
        var python = ".build-tests/venv/bin/python"
        var rounds = 5
        /// Rounds before those that count: for the just-in-time compiler, caches and the heap.
        var warmUpRounds = 2
    }

    let settings: Settings
    private static let engines = ["martlet", "yjs", "pycrdt"]

    func run(seed: UInt64) throws(LoadFailure) -> [Report] {
        guard access(settings.trace, R_OK) == 0 else {
            throw LoadFailure(
                "There is no trace at \(settings.trace): --trace FILE names automerge-paper.json.gz"
            )
        }
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        setenv("NODE_PATH", "/usr/share/nodejs", 0)
        try makeData(in: scratch.path)
        let ours = try DocumentEngine(folder: scratch.path)
        let yjs = try DocumentPeer(
            "yjs",
            ["node", "--expose-gc", settings.peers + "/engine.mjs", scratch.path]
        )
        defer { yjs.stop() }
        let pycrdt = try DocumentPeer(
            "pycrdt",
            [settings.python, settings.peers + "/engine.py", scratch.path]
        )
        defer { pycrdt.stop() }
        var reports: [Report] = []
        for task in DocumentTask.allCases {
            reports.append(try measure(task, ours, [yjs, pycrdt], seed: seed))
        }
        return reports
    }

    private func makeData(in folder: String) throws(LoadFailure) {
        let maker = try ChildProcess.start(
            ["node", settings.peers + "/trace.mjs", settings.trace, folder],
            directory: folder
        )
        while maker.isRunning() { usleep(20_000) }
        guard access(folder + "/text", R_OK) == 0 else {
            throw LoadFailure(
                "node makes no updates of the trace (apt-get install nodejs node-yjs): "
                    + maker.errors
            )
        }
    }

    private func measure(
        _ task: DocumentTask,
        _ ours: DocumentEngine,
        _ peers: [DocumentPeer],
        seed: UInt64
    ) throws(LoadFailure) -> Report {
        var figures: [[DocumentFigure]] = [[], [], []]
        for round in 0..<(settings.warmUpRounds + settings.rounds) {
            let found = [try ours.run(task), try peers[0].run(task), try peers[1].run(task)]
            guard round >= settings.warmUpRounds else { continue }
            for (engine, figure) in found.enumerated() { figures[engine].append(figure) }
        }
        var report = Report("document_\(task.rawValue)", seed: seed)
        report.add("rounds", settings.rounds)
        for (engine, figures) in zip(Self.engines, figures) {
            if task != .memory, let middle = Median.of(figures.map(\.milliseconds)), middle > 0 {
                report.add("\(engine)_ms", middle, decimals: 3)
            }
            if let bytes = Median.of(figures.map { Double($0.bytes) }), bytes > 0 {
                report.add("\(engine)_bytes", Int(bytes))
            }
        }
        return report
    }
}
