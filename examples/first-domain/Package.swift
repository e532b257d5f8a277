// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "first-domain",
  dependencies: [.package(name: "eventicle-console", path: "../..")],
  targets: [
    .executableTarget(
      name: "first-domain",
      dependencies: [.product(name: "EventicleCore", package: "eventicle-console")])
  ])
