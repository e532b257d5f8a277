import Foundation
import TestSupport
import Testing

/// The real program, attached to a real server of another system.
@Suite(
  .serialized,
  .enabled(if: RedisServer.isThere, Comment(rawValue: RedisServer.absence)))
struct AttachJourneys {
  private let folder: TemporaryFolder
  private let server: RedisServer

  init() throws {
    folder = try TemporaryFolder()
    server = try RedisServer()
  }

  private static let time: Int64 = 1_767_258_000_000

  private func emit(_ numbers: ClosedRange<Int>) throws {
    let client = try server.client()
    for number in numbers {
      try client.emit(
        "orders", "OrderCreated", "e-\(number)", domainID: "order-\(number)",
        data: #"{"customer":"c-\#(number)","total":\#(number)}"#,
        createdAt: Self.time + Int64(number) * 1_000)
    }
  }

  private var environment: [String: String] {
    [
      "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      "XDG_CONFIG_HOME": folder.file("config"),
    ]
  }

  private func attach(_ arguments: [String]) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), ["attach"] + arguments, environment: environment, columns: 130,
      rows: 40, directory: folder.path)
  }

  private func run(_ arguments: String) throws -> (status: Int32, output: String) {
    try Shell.run(
      "\"$E\" attach \(arguments)", in: folder.path,
      environment.merging(["E": ProgramUnderTest.path(), "PATH": "/usr/bin:/bin"]) { $1 })
  }

  @Test func `the past is looked at while events come, and live goes on`() throws {
    try emit(1...6)
    let journey = try attach(["redis://127.0.0.1:\(server.port)/orders", "--domain", "shop"])
    try journey.wait(for: "● live")
    try journey.wait(for: "order-6")
    try emit(7...8)
    try journey.wait(for: "order-8")
    journey.send(":goto #2<Enter>")
    try journey.wait(for: "PAST")
    try emit(9...11)
    try journey.wait(for: "9 events later")
    journey.send(":emit orders X<Enter>")
    try journey.wait(for: "attached read-only")
    journey.send("<Esc><Esc>L")
    try journey.wait(for: "order-11")
    #expect(try server.client().run("XLEN", "orders").number == 11)
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a server that goes and comes back is a row, and nothing comes twice`() throws {
    try emit(1...3)
    let journey = try attach(["redis://127.0.0.1:\(server.port)/orders", "--context", "till"])
    try journey.wait(for: "● live")
    try journey.wait(for: "order-3")
    server.stop()
    try journey.wait(for: "◌ lost")
    try journey.wait(for: "── the connection is lost")
    journey.send("k")
    journey.send("L")
    try server.start()
    try emit(4...5)
    try journey.wait(for: "order-5")
    try journey.wait(for: "── connected again after")
    try journey.wait(for: "capture #5")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a line of the console attaches as well`() throws {
    try emit(1...2)
    let journey = try Journey(
      ProgramUnderTest.path(), ["--domain", "shop"], environment: environment, columns: 130,
      rows: 40, directory: folder.path)
    try journey.wait(for: "Attach read-only")
    journey.send(":attach redis://127.0.0.1:\(server.port)/orders<Enter>")
    try journey.wait(for: "● live")
    try journey.wait(for: "order-2")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `without a screen the events are printed with their places`() throws {
    try emit(1...3)
    let (status, output) = try run(
      "redis://127.0.0.1:\(server.port)/orders --print --for 300ms --save kept.ndjson")
    #expect(status == 0, "\(output)")
    let lines = output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.contains(#""id":"e-1""#) == true)
    #expect(lines.first?.contains(#""place":"orders@"#) == true)
    #expect(folder.text("kept.ndjson")?.split(separator: "\n").count == 3)
    let again = try run(
      "redis://127.0.0.1:\(server.port)/orders --print --for 300ms --save kept.ndjson")
    #expect(again.status == 3 && again.output.contains("is there already"))
  }

  @Test func `what cannot be reached, or is written wrongly, is said with its status`() throws {
    let port = server.port
    server.stop()
    let gone = try run("redis://127.0.0.1:\(port)/orders --print --for 300ms")
    #expect(gone.status == 3 && gone.output.contains("nobody listens there"), "\(gone.output)")
    let secret = try run("redis://user:hunter2@127.0.0.1:\(port)/orders --print --for 1s")
    #expect(secret.status == 2 && secret.output.contains("stays in your shell's history"))
    #expect(!secret.output.contains("hunter2"))
    let tls = try run("rediss://127.0.0.1/orders --print --for 1s")
    #expect(tls.status == 2 && tls.output.contains("TLS to Redis is not built in yet"))
    let unknown = try run("shop-prod")
    #expect(unknown.status == 2 && unknown.output.contains("There is no context \"shop-prod\""))
  }

  @Test func `a context names the system, its password and its colour`() throws {
    let closed = try RedisServer(["--requirepass", "s3cret"])
    let client = try closed.client()
    try client.run("AUTH", "s3cret")
    try client.emit("orders", "OrderCreated", "e-1", domainID: "order-1", createdAt: Self.time)
    try FileManager.default.createDirectory(
      atPath: folder.file("config/eventicle"), withIntermediateDirectories: true)
    try folder.write("s3cret\n", to: "secret", mode: 0o600)
    try folder.write(
      """
      shop-prod:
        transport: redis://127.0.0.1:\(closed.port)
        streams: [orders]
        colour: production
        password-file: \(folder.file("secret"))
      """, to: "config/eventicle/contexts.yaml")
    let journey = try attach(["shop-prod"])
    try journey.wait(for: "▌PRODUCTION▐")
    try journey.wait(for: "● live")
    try journey.wait(for: "order-1")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
