import Glibc

/// What the kernel says of this machine: processors, memory, disks, networks.
struct HostReading: Sendable {
    struct Figure: Sendable, Hashable {
        let name: String
        /// At most one, beside the name.
        var label: Label?
        let value: Double
    }

    struct Label: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// Texts by their path; the kernel's own when it runs, made ones in tests.
    private let text: @Sendable (String) -> String
    /// Of the kernel's clock: what times in `/proc/stat` count in.
    private let ticks: Double

    private static let modes = [
        "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal",
    ]
    private static let sectorBytes = 512.0

    init(
        ticks: Double = Double(sysconf(Int32(_SC_CLK_TCK))),
        text: @escaping @Sendable (String) -> String
    ) {
        self.ticks = max(1, ticks)
        self.text = text
    }

    var figures: [Figure] { processors + load + memory + disks + networks }

    /// Seconds by mode, over all processors.
    private var processors: [Figure] {
        let rows = ProcText.rows(text("/proc/stat"))
        var figures: [Figure] = []
        if let total = rows.first(where: { $0.first == "cpu" }) {
            for (mode, field) in zip(Self.modes, total.dropFirst()) {
                guard let count = Double(field) else { continue }
                figures.append(
                    Figure(
                        name: "host_cpu_seconds_total",
                        label: Label(name: "mode", value: mode),
                        value: count / ticks
                    )
                )
            }
        }
        let count = rows.count { $0.first?.hasPrefix("cpu") == true && $0.first != "cpu" }
        figures.append(Figure(name: "host_cpus", value: Double(count)))
        return figures
    }

    private var load: [Figure] {
        let fields = ProcText.rows(text("/proc/loadavg")).first ?? []
        return zip(["host_load1", "host_load5", "host_load15"], fields).compactMap { name, field in
            Double(field).map { Figure(name: name, value: $0) }
        }
    }

    private var memory: [Figure] {
        let sizes = ProcText.sizes(text("/proc/meminfo"))
        let names = [
            ("MemTotal", "host_memory_bytes"), ("MemAvailable", "host_memory_available_bytes"),
            ("SwapTotal", "host_swap_bytes"), ("SwapFree", "host_swap_free_bytes"),
        ]
        return names.compactMap { field, name in
            sizes[field].map { Figure(name: name, value: $0) }
        }
    }

    /// Whole disks only: what partitions read is among it.
    private var disks: [Figure] {
        ProcText.rows(text("/proc/diskstats")).flatMap { row -> [Figure] in
            guard row.count >= 14, Self.isWholeDisk(row[2]), let read = Double(row[5]),
                let written = Double(row[9]), let busy = Double(row[12])
            else { return [] }
            let label = Label(name: "device", value: String(row[2]))
            return [
                Figure(
                    name: "host_disk_read_bytes_total",
                    label: label,
                    value: read * Self.sectorBytes
                ),
                Figure(
                    name: "host_disk_written_bytes_total",
                    label: label,
                    value: written * Self.sectorBytes
                ),
                Figure(name: "host_disk_busy_seconds_total", label: label, value: busy / 1000),
            ]
        }
    }

    /// `sda`, `vda`, `nvme0n1`; no partitions, loops or RAM disks.
    private static func isWholeDisk(_ device: Substring) -> Bool {
        if device.hasPrefix("loop") || device.hasPrefix("ram") || device.hasPrefix("zram") {
            return false
        }
        let endsInNumber = device.last?.isNumber == true
        guard device.hasPrefix("nvme") || device.hasPrefix("mmcblk") else { return !endsInNumber }
        let tail = device.reversed().drop { $0.isNumber }
        return tail.first != "p"
    }

    private var networks: [Figure] {
        text("/proc/net/dev").split(separator: "\n").flatMap { line -> [Figure] in
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2 else { return [] }
            let device = sides[0].filter { $0 != " " }
            let fields = sides[1].split(separator: " ")
            guard device != "lo", fields.count >= 10, let received = Double(fields[0]),
                let sent = Double(fields[8])
            else { return [] }
            let label = Label(name: "device", value: String(device))
            return [
                Figure(
                    name: "host_network_received_bytes_total",
                    label: label,
                    value: received
                ),
                Figure(name: "host_network_sent_bytes_total", label: label, value: sent),
            ]
        }
    }

    /// Room on the file system that holds the path.
    static func room(at path: String) -> [Figure] {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return [] }
        let block = Double(status.f_frsize)
        let label = Label(name: "path", value: path)
        return [
            Figure(
                name: "host_filesystem_bytes",
                label: label,
                value: Double(status.f_blocks) * block
            ),
            Figure(
                name: "host_filesystem_available_bytes",
                label: label,
                value: Double(status.f_bavail) * block
            ),
        ]
    }
}
