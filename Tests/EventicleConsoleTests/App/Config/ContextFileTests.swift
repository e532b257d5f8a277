import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// The systems that a person has given names.
@Suite struct ContextFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func contexts(_ text: String?) throws -> ContextFile {
    if let text {
      let path = folder.file("eventicle")
      _ = try Shell.run("mkdir -p \"$D\"", in: folder.path, ["D": path, "PATH": "/bin:/usr/bin"])
      try folder.write(text, to: "eventicle/contexts.yaml")
    }
    return ContextFile(environment: ["XDG_CONFIG_HOME": folder.path])
  }

  @Test func `a context has an address and what goes with it`() throws {
    let file = try contexts(
      """
      shop-prod:
        transport: redis://prod.example:6379
        streams: [orders, payments]
        domain: shop
        colour: production
        user: reader
        password-env: SHOP_PASSWORD
        from: 30m
      test:
        transport: redis://127.0.0.1
        streams: "*"
        password-file: /etc/secret
      """)
    let prod = try file.context("shop-prod")
    #expect(prod.address == "redis://prod.example:6379")
    #expect(prod.streams == ["orders", "payments"] && prod.domain == "shop")
    #expect(prod.colour == .production && prod.user == "reader")
    #expect(prod.password == .variable("SHOP_PASSWORD"))
    #expect(prod.from == .since(Interval(milliseconds: 30 * 60_000)))
    let test = try file.context("test")
    #expect(test.streams == ["*"] && test.colour == .none && test.password == .file("/etc/secret"))
  }

  @Test(arguments: [
    (nil, "is not there"),
    ("other:\n  transport: redis://x\n", "it has other"),
    ("prod:\n  colour: red\n", "production, staging or none"),
    ("prod:\n  streams: [a]\n", "lacks a line such as transport"),
    (
      "prod:\n  transport: redis://x\n  password: hunter2\n",
      "a password does not stand in this file"
    ),
    ("prod:\n  transport: redis://x\n  from: soon\n", "a time such as 30m"),
    ("prod:\n  transport: redis://x\n  speed: 1\n", "there are transport, streams"),
    ("prod: redis://x\n", "has lines such as transport"),
  ])
  func `what is wrong is said with its place and the way out`(text: String?, part: String) throws {
    let file = try contexts(text)
    let problem = #expect(throws: FileProblem.self) { try file.context("prod") }
    #expect(problem?.text.contains(part) == true, "\(problem?.text ?? "")")
    #expect(problem?.text.contains("hunter2") == false)
  }

  @Test func `the beginning is read in words, a time or a number`() {
    #expect(AttachStart(parsing: "end") == .end)
    #expect(AttachStart(parsing: "beginning") == .beginning)
    #expect(AttachStart(parsing: "0") == .end)
    #expect(AttachStart(parsing: "10000") == .newest(10_000))
    #expect(AttachStart(parsing: "30m") == .since(Interval(milliseconds: 1_800_000)))
    for text in ["", "soon", "-5", "-5m", "0s"] { #expect(AttachStart(parsing: text) == nil) }
  }
}
