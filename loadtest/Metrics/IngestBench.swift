import Reactor

/// The same samples into a fresh hub and into a fresh Prometheus, and what both have on the disk
/// then.
struct IngestBench {
    private let client: ClientLoop
    private let settings: Ingest.Settings

    init(_ client: ClientLoop, _ settings: Ingest.Settings) {
        self.client = client
        self.settings = settings
    }

    func ours(_ launcher: Launcher, durability: String) async throws(LoadFailure) -> Report {
        let server = try launcher.start(.hub, durability: durability)
        defer { server.directory?.remove() }
        var report: Report
        do throws(LoadFailure) {
            report = try await Ingest(on: client.loop, server, settings).run()
        } catch {
            server.process?.stop()
            throw error
        }
        // What is sealed is put away every two seconds.
        try? await Task.sleep(for: .seconds(6))
        server.process?.stop()
        guard let directory = server.directory else { return report }
        let found = try BlocksAtRest(in: directory)
        report.add("samples_in_blocks", found.samples)
        let count = Double(max(found.samples, 1))
        report.add("block_bytes_per_sample", Double(found.bytes) / count)
        report.add("tier_bytes_per_sample", Double(found.tierBytes) / count)
        report.add("stored_bytes_per_sample", Double(found.pageBytes) / count)
        report.add("file_mib", Double(found.fileBytes) / 1_048_576, decimals: 1)
        return report
    }

    func theirs() async throws(LoadFailure) -> Report {
        guard PrometheusPeer.isInstalled else { throw LoadFailure("prometheus is not installed") }
        let server = try PrometheusPeer.start()
        defer { server.stop() }
        var settings = settings
        settings.label += " prometheus"
        var report = try await Ingest(on: client.loop, server, settings).run()
        try await Snapshotting(on: client.loop, server).run()
        guard let directory = server.directory else { return report }
        let found = PrometheusPeer.bytesAtRest(in: directory)
        let count = Double(settings.series * settings.steps)
        report.add("block_bytes_per_sample", Double(found.chunks) / count)
        report.add("stored_bytes_per_sample", Double(found.chunks + found.index) / count)
        return report
    }
}
