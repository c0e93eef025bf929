import Foundation

/// A file that a package manager installed, read once, at the start.
enum InstalledFile {
    private static let bytesMaximum = 2 << 20

    /// Regular files only: reading a pipe or a device would not end.
    static func read(_ file: URL) -> [UInt8]? {
        let resolved = file.resolvingSymlinksInPath()
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
        guard let values = try? resolved.resourceValues(forKeys: keys),
            values.isRegularFile == true,
            let size = values.fileSize, size <= bytesMaximum,
            let content = try? Data(contentsOf: resolved)
        else { return nil }
        return Array(content)
    }
}
