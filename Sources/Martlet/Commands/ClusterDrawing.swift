import Foundation
import Hub

/// A node's status as tables for a terminal.
struct ClusterDrawing {
    let text: String
    /// Whether every partition is live and Redis serves.
    let isWhole: Bool

    init(_ status: JSON) {
        let partitions = status["partitions"]?.array ?? []
        let redis = status["redis"] ?? .null
        let states = Dictionary(grouping: partitions) { $0["state"]?.string ?? "?" }
        let lag = partitions.reduce(0) { $0 + ($1["lag"]?.int ?? 0) }
        let live = states["live"]?.count ?? 0
        isWhole = live == partitions.count && !partitions.isEmpty && redis["serves"]?.bool == true
        let own = status["node"]?.string ?? "?"
        let nodes = (status["nodes"]?.array ?? []).map { node -> [String] in
            let name = node["name"]?.string ?? "?"
            return [
                name == own ? "\(name) (asked)" : name, node["address"]?.string ?? "",
                node["incarnation"]?.string ?? "",
            ]
        }
        let servers = (redis["nodes"]?.array ?? []).map { server in
            [
                server["endpoint"]?.string ?? "?", server["role"]?.string ?? "",
                server["commands"]?.string ?? "", server["subscription"]?.string ?? "",
                server["probe"]?.number.map { String(format: "%.2f ms", $0) } ?? "–",
                server["lastError"]?.string ?? "",
            ]
        }
        var lines = ["Node \(own), martlet \(status["version"]?.string ?? "?")", ""]
        lines += Self.table(["NODE", "ADDRESS", "INCARNATION"], nodes) + [""]
        let kind = redis["kind"]?.string ?? "unknown"
        let version = redis["version"]?.string ?? "?"
        let serves = redis["serves"]?.bool == true ? "serves" : "does not serve"
        lines.append("Redis \(version) (\(kind)) \(serves)")
        lines += Self.table(["SERVER", "ROLE", "COMMANDS", "CHANNEL", "PROBE", "ERROR"], servers)
        lines.append("")
        lines.append("Partitions: \(live) of \(partitions.count) live, \(lag) entries behind")
        let odd = partitions.filter { $0["state"]?.string != "live" || ($0["lag"]?.int ?? 0) > 0 }
        let rows = odd.map { partition in
            [
                partition["partition"]?.string ?? "?", partition["state"]?.string ?? "?",
                partition["epoch"]?.string ?? "–", "\(partition["archived"]?.int ?? 0)",
                "\(partition["newest"]?.int ?? 0)", "\(partition["lag"]?.int ?? 0)",
            ]
        }
        if !rows.isEmpty {
            lines += Self.table(["PART", "STATE", "EPOCH", "ARCHIVED", "NEWEST", "LAG"], rows)
        }
        text = lines.joined(separator: "\n")
    }

    /// Columns as wide as their widest cell.
    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let widths = head.indices.map { column in
            ([head] + rows).map { $0[column].count }.max() ?? 0
        }
        return ([head] + rows).map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
