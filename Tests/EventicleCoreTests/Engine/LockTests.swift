import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct LockTests {
  static func app(_ commands: Command...) throws -> Eventicle {
    try Eventicle(Domain("test", commands: commands))
  }

  @Test func `a lock is held until the transaction ends, and may be taken again`() throws {
    let tx = try transaction()
    let result = try tx.withLock("stock") { try tx.withLock("stock") { 7 } }
    #expect(result == 7)
    #expect(tx.heldLocks == ["stock"])
    #expect(tx.tryLock("stock"))
  }

  @Test func `a lock held by a transaction is refused to its independent inner transaction`() throws
  {
    let tx = try transaction()
    try tx.withLock("stock") {}
    let error = #expect(throws: TransactionError.lockTaken("stock", holder: nil, until: nil)) {
      try tx.requiresNew { try $0.withLock("stock") {} }
    }
    #expect(error?.description.contains("the transaction around this one") ?? false)
    try tx.requiresNew { inner in #expect(inner.tryLock("other")) }
  }

  @Test func `a lease keeps others out until it expires, and the error explains it`() throws {
    let app = try Self.app()
    try app.dispatch(on: "s") { tx in
      try tx.acquire("stock", holder: "ada", for: Interval(milliseconds: 100))
      return CommandResult()
    }
    let until = app.world.clock + Interval(milliseconds: 100)
    #expect(app.world.locks.map(\.id) == ["stock"])
    #expect(app.world.lock("stock")?.holder == "ada")
    try app.dispatch(on: "s") { tx in
      #expect(throws: TransactionError.lockTaken("stock", holder: "ada", until: until)) {
        try tx.acquire("stock", holder: "eve", for: Interval(milliseconds: 1))
      }
      #expect(!tx.tryLock("stock"))
      #expect(throws: TransactionError.self) { try tx.withLock("stock") {} }
      #expect(try !tx.release("stock", holder: "eve"))
      try tx.acquire("stock", holder: "ada", for: Interval(milliseconds: 100))
      return CommandResult()
    }
    try app.advance(by: Interval(milliseconds: 100))
    #expect(app.world.locks.isEmpty)
    try app.dispatch(on: "s") { tx in
      try tx.acquire("stock", holder: "eve", for: Interval(milliseconds: 9))
      #expect(try tx.release("stock", holder: "eve"))
      try tx.acquire("stock", holder: "eve", for: Interval(milliseconds: 9))
      #expect(try tx.breakLock("stock"))
      #expect(try !tx.breakLock("stock"))
      return CommandResult()
    }
    #expect(app.world.lock("stock") == nil)
  }

  @Test func `a command never waits: a lock is free or the command is refused`() throws {
    let app = try Self.app(
      Command("Take", stream: "s", lock: { $0["item"].string }) { _, tx in
        CommandResult(response: .array(tx.heldLocks.map { .string($0) }), events: [new("Taken")])
      })
    #expect(try app.dispatch("Take", ["item": "book"]) == ["book"])
    try app.dispatch(on: "s") { tx in
      try tx.acquire("book", holder: "ada", for: Interval(milliseconds: 10))
      return CommandResult()
    }
    let error = #expect(throws: OperationError.self) { try app.dispatch("Take", ["item": "book"]) }
    #expect(error?.description.hasPrefix("The lock book is held by ada until") ?? false)
    #expect(throws: OperationError.self) {
      try app.dispatch(CommandIntent("Take", lock: "book"))
    }
    #expect(app.world.log.count == 1)
  }

  @Test func `a lease taken in a step that fails is released`() throws {
    let app = try Self.app()
    #expect(throws: Rejection.self) {
      try app.dispatch(on: "s") { tx in
        try tx.acquire("stock", holder: "ada", for: Interval(milliseconds: 100))
        throw Rejection("no")
      }
    }
    #expect(app.world.locks.isEmpty)
  }
}
