import Foundation
import Gateway
import Testing

@testable import Martlet

/// If these fail, the dashboard has nothing to draw with, or strangers read the hub's files.
@Suite("Chart.js as it is installed")
struct ChartLibraryTests {
    @Test("The one file of the package is served under its name, and nothing else is")
    func served() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(ChartLibrary.pages(in: folder.path).isEmpty)
        let file = folder.appendingPathComponent("chart.min.js")
        try Data("charts".utf8).write(to: file)
        try Data("other".utf8).write(to: folder.appendingPathComponent("other.js"))
        let pages = ChartLibrary.pages(in: folder.path)
        #expect(pages.map(\.path) == ["/vendor/chart.js/chart.min.js"])
        #expect(pages.map(\.bytes) == [Array("charts".utf8)])
        // No more than is read into memory.
        try Data(count: (2 << 20) + 1).write(to: file)
        #expect(ChartLibrary.pages(in: folder.path).isEmpty)
        #expect(ChartLibrary.pages(in: "").isEmpty)
        #expect(ChartLibrary.pages(in: "/nowhere/at/all").isEmpty)
    }
}
