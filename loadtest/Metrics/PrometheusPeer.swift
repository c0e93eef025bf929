import Foundation

/// Debian's `prometheus`, as a place to write to: it scrapes nothing.
enum PrometheusPeer {
    static var isInstalled: Bool { ServerKind.isInPath("prometheus") }

    static func start() throws(LoadFailure) -> Server {
        let directory = try ScratchDirectory()
        let port = FreePorts.take(1)[0]
        let configuration = directory.path + "/prometheus.yml"
        try SystemFile.write("global: {}\n", to: configuration)
        let process = try ChildProcess.start(
            [
                "prometheus", "--config.file=\(configuration)",
                "--storage.tsdb.path=\(directory.path)/data",
                "--web.listen-address=127.0.0.1:\(port)", "--web.enable-remote-write-receiver",
                "--web.enable-admin-api",
            ],
            directory: directory.path
        )
        for _ in 0..<5000 {
            if HealthProbe.isWell(port: port, path: "/-/ready") {
                return Server(kind: .hub, port: port, process: process, directory: directory)
            }
            guard process.isRunning() else { break }
            usleep(2000)
        }
        let errors = process.errors.suffix(1000)
        if process.isRunning() { process.killNow() }
        directory.remove()
        throw LoadFailure("prometheus isn't ready: \(errors)")
    }

    /// What the blocks take of a snapshot of all there is, by the kind of their files.
    static func bytesAtRest(in directory: ScratchDirectory) -> (chunks: Int, index: Int) {
        let root = directory.path + "/data/snapshots"
        var found = (chunks: 0, index: 0)
        for name in FileManager.default.subpaths(atPath: root) ?? [] {
            guard let facts = try? FileManager.default.attributesOfItem(atPath: root + "/" + name),
                facts[.type] as? FileAttributeType == .typeRegular,
                let size = facts[.size] as? Int
            else { continue }
            if name.contains("/chunks/") { found.chunks += size } else { found.index += size }
        }
        return found
    }
}
