// swift-tools-version: 6.2
// The house of Martlet. A target exists to forbid an import: the arrows are in README.md.

import PackageDescription

let settings: [SwiftSetting] = [
    // An import is written in each file that needs it: SE-0444.
    .enableUpcomingFeature("MemberImportVisibility"),
    // `any` is spelled: SE-0335.
    .enableUpcomingFeature("ExistentialAny"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let deques = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

/// HTTP as Hummingbird and NIO speak it.
let http: [Target.Dependency] = [
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

/// A test target named after what it tests.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "martlet",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "martlet", targets: ["Martlet"]),
        .executable(name: "martlet-load", targets: ["LoadTest"]),
    ],
    dependencies: [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            exact: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // System modules: headers and nothing else.
        .target(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        // Without pkg-config, whose flags for hiredis SwiftPM refuses: it is found without.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Protocols and loops.
        .target(name: "Reactor", dependencies: ["CLinux", "COpenSSL"], swiftSettings: settings),
        .target(name: "WebSocket", dependencies: ["CZlib"], swiftSettings: settings),

        // Document algorithms: pure.
        .target(name: "CRDT", swiftSettings: settings),

        // Time series as values, and their query language: pure.
        .target(name: "TimeSeries", swiftSettings: settings),

        // The domain: no sockets, no SQL.
        .target(
            name: "Hub",
            dependencies: ["CRDT", "TimeSeries", logging, deques],
            swiftSettings: settings
        ),

        // Adapters: they don't import each other.
        .target(
            name: "Gateway",
            dependencies: [
                "Hub", "TimeSeries", "WebSocket", "Reactor", "Pages", "CZlib", logging, crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ] + http,
            swiftSettings: settings
        ),
        .target(
            name: "Storage",
            dependencies: ["Hub", "TimeSeries", grdb],
            swiftSettings: settings
        ),
        .target(
            name: "Cluster",
            dependencies: ["Hub", "Reactor", "CHiredis", logging],
            swiftSettings: settings
        ),
        // The pages, embedded into the binary by the C compiler.
        .target(name: "Pages", exclude: ["assets"]),

        // The executable: commands, configuration, wiring.
        .executableTarget(
            name: "Martlet",
            dependencies: [
                "Gateway", "Storage", "Cluster", "Hub", "Reactor", arguments, logging,
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),

        // The load generator and the benchmarks against peers.
        .systemLibrary(
            name: "CSQLite",
            path: "loadtest/CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .executableTarget(
            name: "LoadTest",
            dependencies: [
                "Reactor", "WebSocket", "CRDT", "TimeSeries", "CLinux", "CSQLite", arguments,
            ],
            path: "loadtest",
            exclude: ["CSQLite", "Documents/peers"],
            swiftSettings: settings
        ),

        tests("ReactorTests", ["Reactor", "CLinux", "COpenSSL"]),
        tests("WebSocketTests", ["WebSocket", "CZlib"]),
        .testTarget(
            name: "CRDTTests",
            dependencies: ["CRDT"],
            exclude: ["Differential/drivers", "requirements.txt"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TimeSeriesTests",
            dependencies: ["TimeSeries"],
            exclude: ["Formats/Differential/drivers", "requirements.txt"],
            swiftSettings: settings
        ),
        tests("HubTests", ["Hub", "CRDT", "TimeSeries", logging]),
        // One contract for all journals, and a process that is killed while it writes.
        .target(
            name: "JournalContract",
            dependencies: ["Hub"],
            path: "Tests/JournalContract",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "CrashingWriter",
            dependencies: ["Storage", "JournalContract", "Hub"],
            path: "Tests/CrashingWriter",
            swiftSettings: settings
        ),
        tests(
            "StorageTests",
            [
                "Storage", "CrashingWriter", "JournalContract", "Hub", "CRDT", "TimeSeries",
                logging, grdb,
            ]
        ),
        tests(
            "GatewayTests",
            [
                "Gateway", "Hub", "CRDT", "TimeSeries", "WebSocket", "Reactor", logging, crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ] + http
        ),
        tests("ClusterTests", ["Cluster", "CHiredis", "Reactor", logging]),
        tests("MartletTests", ["Martlet", "CRDT"]),
        tests("LoadTests", ["LoadTest", "Reactor", "WebSocket"]),
        tests("TidyTests", []),
    ],
    swiftLanguageModes: [.v6]
)
