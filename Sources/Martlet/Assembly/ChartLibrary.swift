import Foundation
import Gateway

/// Chart.js, with which the dashboard draws, as a package manager installed it.
enum ChartLibrary {
    private static let name = "chart.min.js"

    /// Nothing where the package is missing: then the page says so.
    static func pages(in directory: String) -> [Page] {
        guard !directory.isEmpty else { return [] }
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        guard let bytes = InstalledFile.read(folder.appendingPathComponent(name)) else { return [] }
        return [
            Page(
                path: "/vendor/chart.js/\(name)",
                contentType: "text/javascript; charset=utf-8",
                bytes: bytes
            )
        ]
    }
}
