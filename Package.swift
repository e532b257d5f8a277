// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "eventicle-console",
  products: [
    .library(name: "EventicleCore", targets: ["EventicleCore"]),
    .library(name: "EventicleConsole", targets: ["EventicleConsole"]),
    .library(name: "EventicleSamples", targets: ["EventicleSamples"]),
    .executable(name: "eventicle", targets: ["eventicle"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .target(name: "CSupervisor"),
    .target(
      name: "EventicleCore",
      dependencies: [.product(name: "HashTreeCollections", package: "swift-collections")],
      swiftSettings: settings),
    .target(
      name: "EventicleSamples", dependencies: ["EventicleCore"], swiftSettings: settings),
    .target(
      name: "EventicleConsole",
      dependencies: [
        "CNcurses", "CSupervisor", "EventicleCore", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "eventicle",
      dependencies: [
        "CSupervisor", "EventicleConsole", "EventicleCore", "EventicleSamples",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(name: "CPty", path: "Tests/CPty"),
    .target(
      name: "TestSupport", dependencies: ["CPty"], path: "Tests/Support", swiftSettings: settings),
    .testTarget(
      name: "SupportTests", dependencies: ["TestSupport", "eventicle"],
      exclude: ["Corpus", "Golden"], swiftSettings: settings),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "EventicleCoreTests",
      dependencies: ["EventicleCore", "EventicleSamples", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EventicleSamplesTests",
      dependencies: ["EventicleCore", "EventicleSamples", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "EventicleConsoleTests",
      dependencies: [
        "CNcurses", "EventicleConsole", "EventicleCore", "EventicleSamples", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "Journeys", dependencies: ["TestSupport", "eventicle"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu11
)
