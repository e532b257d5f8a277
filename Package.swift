// swift-tools-version: 6.1
import PackageDescription

let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// `make test` optimises what is tested and leaves the tests as they are: most of the time of the
// suite is the engine's, and most of the time of an optimised build is the tests'. Nobody else sets
// the variable, so that a package that depends on this one never meets the flag.
let optimised = Context.environment["EVENTICLE_OPTIMISED"] == "yes"
let settings = features + (optimised ? [.unsafeFlags(["-O"])] : [])

/// The files that node loads for a domain in JavaScript; they are compiled into the program.
let shim = [
  "child/clock.cjs", "child/console.cjs", "child/contexts.cjs", "child/errors.cjs",
  "child/handlers.cjs", "child/hooks.cjs", "child/io.cjs", "child/loading.cjs",
  "child/main.cjs", "child/modules.cjs", "child/numbers.cjs", "child/places.cjs",
  "child/preload.cjs", "child/show.cjs", "child/wire.cjs",
  "library/aggregates.cjs", "library/client.cjs", "library/commands.cjs",
  "library/consumers.cjs", "library/events.cjs", "library/index.cjs", "library/metrics.cjs",
  "library/names.json", "library/observer.cjs", "library/query.cjs", "library/registry.cjs",
  "library/sagas.cjs", "library/scheduler.cjs", "library/store.cjs", "library/utilities.cjs",
  "library/xstate.cjs",
]

/// The files that `eventicle new` makes projects of; they are compiled into the program.
let templates = [
  "domain.js", "domain.ts", "domain.txt", "javascript.json", "javascript.md", "lending.tape",
  "manifest.txt", "program.txt", "swift.md", "tsconfig.json", "typescript.json", "typescript.md",
]

let package = Package(
  name: "eventicle-console",
  products: [
    .library(name: "EventicleCore", targets: ["EventicleCore"]),
    .library(name: "EventicleWorkbench", targets: ["EventicleWorkbench"]),
    .library(name: "EventicleHost", targets: ["EventicleHost"]),
    .library(name: "EventicleCrypto", targets: ["EventicleCrypto"]),
    .library(name: "EventicleSQLite", targets: ["EventicleSQLite"]),
    .library(name: "EventicleConsole", targets: ["EventicleConsole"]),
    .library(name: "EventicleSamples", targets: ["EventicleSamples"]),
    .executable(name: "eventicle", targets: ["eventicle"]),
    // Loaded under the program by tests; nobody else needs it.
    .library(name: "cut", type: .dynamic, targets: ["Cut"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CPostgres"),
    .target(name: "CSupervisor"),
    .target(
      name: "EventicleCore",
      dependencies: [.product(name: "HashTreeCollections", package: "swift-collections")],
      swiftSettings: settings),
    .target(
      name: "EventicleWorkbench", dependencies: ["EventicleCore"], swiftSettings: settings),
    .target(
      name: "EventicleHost",
      dependencies: [
        "EventicleCore", .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(
      name: "EventicleSamples", dependencies: ["EventicleCore"], swiftSettings: settings),
    .target(
      name: "EventicleSQLite", dependencies: ["CSQLite", "EventicleCore"],
      swiftSettings: settings),
    .target(name: "EventicleRedis", dependencies: ["EventicleCore"], swiftSettings: settings),
    .target(
      name: "EventiclePostgres", dependencies: ["CPostgres", "EventicleCore"],
      swiftSettings: settings),
    .target(
      name: "EventicleCrypto",
      dependencies: ["EventicleCore", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: settings),
    .target(
      name: "EventicleNode",
      dependencies: ["CSupervisor", "EventicleCore", "EventicleHost"],
      resources: shim.map { .embedInCode("Resources/\($0)") },
      swiftSettings: settings),
    .target(
      name: "EventicleConsole",
      dependencies: [
        "CNcurses", "CSupervisor", "CZlib", "EventicleCore", "EventicleHost", "EventicleWorkbench",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "eventicle",
      dependencies: [
        "CSupervisor", "EventicleConsole", "EventicleCore", "EventicleHost", "EventicleNode",
        "EventiclePostgres", "EventicleRedis", "EventicleSQLite", "EventicleSamples",
        "EventicleWorkbench",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: templates.map { .embedInCode("New/Templates/\($0)") },
      swiftSettings: settings),
    .target(name: "CPty", path: "Tests/CPty"),
    .target(name: "CShutdown", path: "Tests/CShutdown"),
    .target(name: "Cut", path: "Tests/Cut"),
    .target(name: "CFaultyDisk", dependencies: ["CSQLite"], path: "Tests/CFaultyDisk"),
    .target(
      name: "TestSupport", dependencies: ["CPty"], path: "Tests/Support", swiftSettings: settings),
    .target(
      name: "CoreSupport", dependencies: ["EventicleCore"], path: "Tests/CoreSupport",
      swiftSettings: settings),
    .target(
      name: "RecordedBytes", dependencies: ["EventicleCore", "TestSupport"], path: "Tests/Recorded",
      swiftSettings: settings),
    .target(
      name: "BackendContract", dependencies: ["EventicleCore"], path: "Tests/Contract",
      swiftSettings: settings),
    .target(
      name: "Simulation", dependencies: ["EventicleCore", "EventicleWorkbench"],
      path: "Tests/Simulation",
      swiftSettings: settings),
    .executableTarget(
      name: "eventicle-simulate", dependencies: ["EventicleCore", "Simulation"],
      path: "Tests/Simulate", swiftSettings: settings),
    .testTarget(
      name: "SimulationTests", dependencies: ["EventicleCore", "Simulation", "TestSupport"],
      swiftSettings: features),
    .testTarget(
      name: "SupportTests", dependencies: ["TestSupport", "eventicle"],
      exclude: ["Corpus", "Golden"], swiftSettings: features),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: features),
    .testTarget(
      name: "EventicleCoreTests",
      dependencies: [
        "BackendContract", "CoreSupport", "EventicleCore", "EventicleSamples", "EventicleWorkbench",
        "RecordedBytes", "TestSupport",
      ],
      exclude: ["Journal/codec-1.txt", "Statecharts/xstate-traces.ndjson"],
      swiftSettings: features),
    .testTarget(
      name: "EventicleWorkbenchTests",
      dependencies: [
        "CoreSupport", "EventicleCore", "EventicleSamples", "EventicleWorkbench", "TestSupport",
      ],
      swiftSettings: features),
    .testTarget(
      name: "EventicleHostTests",
      dependencies: [
        "EventicleCore", "EventicleHost", "EventicleSamples",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "MetricsTestKit", package: "swift-metrics"), "TestSupport",
      ],
      swiftSettings: features),
    .testTarget(
      name: "EventicleSQLiteTests",
      dependencies: [
        "BackendContract", "CFaultyDisk", "CSQLite", "CoreSupport", "EventicleCore",
        "EventicleHost", "EventicleSQLite", "EventicleSamples", "EventicleWorkbench", "Simulation",
        "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: features),
    .testTarget(
      name: "StoreTortureTests",
      dependencies: [
        "CShutdown", "EventicleCore", "EventicleSQLite", "EventicleSamples", "EventicleWorkbench",
        "TestSupport", "eventicle",
      ],
      swiftSettings: features),
    .testTarget(
      name: "EventicleNodeTests",
      dependencies: [
        "EventicleCore", "EventicleHost", "EventicleNode", "EventicleSamples",
        "EventicleWorkbench", "TestSupport", "eventicle",
      ],
      exclude: ["Domains", "Shim", "StandIns"], swiftSettings: features),
    .testTarget(
      name: "EventicleRedisTests",
      dependencies: [
        "EventicleCore", "EventicleHost", "EventicleRedis", "EventicleWorkbench", "TestSupport",
      ],
      swiftSettings: features),
    .testTarget(
      name: "EventiclePostgresTests",
      dependencies: [
        "EventicleCore", "EventiclePostgres", "RecordedBytes", "TestSupport", "eventicle",
      ],
      swiftSettings: features),
    .testTarget(
      name: "EventicleCryptoTests",
      dependencies: ["EventicleCore", "EventicleCrypto", "TestSupport"], swiftSettings: features),
    .testTarget(
      name: "EventicleSamplesTests",
      dependencies: ["EventicleCore", "EventicleSamples", "EventicleWorkbench", "TestSupport"],
      swiftSettings: features),
    .testTarget(
      name: "EventicleConsoleTests",
      dependencies: [
        "CNcurses", "CoreSupport", "EventicleConsole", "EventicleCore", "EventicleSamples",
        "EventicleWorkbench", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: features),
    .testTarget(
      name: "StoreConsoleTests",
      dependencies: [
        "EventicleConsole", "EventicleCore", "EventicleSQLite", "EventicleSamples",
        "EventicleWorkbench", "TestSupport",
      ],
      swiftSettings: features),
    .testTarget(
      name: "Journeys", dependencies: ["TestSupport", "eventicle"], swiftSettings: features),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
