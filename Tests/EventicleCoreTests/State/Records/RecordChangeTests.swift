import Testing

@testable import EventicleCore

/// Changes a record while it is being changed.
@Suite struct RecordChangeTests {
  static func store() throws -> Transaction { try transaction(of: Domain("test")) }

  @Test(arguments: ["change", "put", "delete", "save"])
  func `a write inside a record's own change is not lost`(how: String) throws {
    let tx = try Self.store()
    let first = try tx.put("Row", "1", ["n": 0])
    let error = TransactionError.recordChangedInside(first.key)
    #expect(throws: error) {
      try tx.change("Row", "1") { row in
        switch how {
        case "change": try tx.change("Row", "1") { $0["inner"] = true }
        case "put": try tx.put("Row", "1", ["inner": true])
        case "delete": try tx.delete("Row", "1")
        default: try tx.save(first.with(["inner": true]))
        }
        row["n"] = 1
      }
    }
    #expect(error.description.hasPrefix("Row/1 was written inside its own change"))
  }

  @Test func `a record created inside its own change is not lost`() throws {
    let tx = try Self.store()
    #expect(throws: TransactionError.self) {
      try tx.change("Row", "1") { row in
        try tx.change("Row", "1") { $0["inner"] = true }
        row["n"] = 1
      }
    }
  }

  @Test func `other records may be changed inside a change`() throws {
    let tx = try Self.store()
    try tx.change("Row", "1") { row in
      try tx.change("Row", "2") { $0["n"] = 2 }
      row["n"] = 1
    }
    try tx.change("Row", "1") { $0["m"] = 3 }
    #expect(tx.record("Row", "1")?.content == ["n": 1, "m": 3])
    #expect(tx.record("Row", "2")?.content == ["n": 2])
  }
}

extension Record {
  fileprivate func with(_ content: JSON) -> Record {
    var copy = self
    copy.content = content
    return copy
  }
}
