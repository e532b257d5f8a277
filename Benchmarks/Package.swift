// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that who builds the product never builds its measurements.
let package = Package(
  name: "eventicle-benchmarks",
  dependencies: [
    .package(name: "eventicle-console", path: "..")
  ],
  targets: [
    .systemLibrary(
      name: "CBareSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .executableTarget(
      name: "eventicle-bench",
      dependencies: [
        "CBareSQLite",
        .product(name: "EventicleCore", package: "eventicle-console"),
        .product(name: "EventicleWorkbench", package: "eventicle-console"),
        .product(name: "EventicleSamples", package: "eventicle-console"),
        .product(name: "EventicleSQLite", package: "eventicle-console"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
