import EventicleCore

extension StoreContract {
  private static let unique = [RecordIndex("row", on: "mail", unique: true)]

  private static func refuses(
    _ name: String, _ body: @escaping @Sendable (Transaction) throws -> Void
  ) -> ContractCase {
    .store("a unique index refuses \(name), and nothing is written", indexes: unique) { store in
      try fill(store, [("a", #"{"mail":"x"}"#), ("b", #"{"mail":"y"}"#)])
      let before = try store.transact { try $0.records(of: "row") }
      let sentence = try expectRefusal("is unique") { try store.transact(body) }
      try expect(sentence.contains("row.mail"), true, sentence)
      try expect(try store.transact { try $0.records(of: "row") }, before)
    }
  }

  private static func takes(
    _ name: String, _ body: @escaping @Sendable (Transaction) throws -> Void
  ) -> ContractCase {
    .store("a unique index takes \(name)", indexes: unique) { store in
      try fill(store, [("a", #"{"mail":"x"}"#), ("b", #"{"mail":"y"}"#)])
      try store.transact(body)
    }
  }

  static let indexes: [ContractCase] = [
    refuses("a new record with a value that is there") { try $0.create("row", ["mail": "x"]) },
    refuses("a put of a new record with a value that is there") {
      try $0.put("row", "c", ["mail": "x"])
    },
    refuses("a put that takes another's value") { try $0.put("row", "a", ["mail": "y"]) },
    refuses("a change that takes another's value") {
      try $0.change("row", "a") { $0["mail"] = "y" }
    },
    refuses("a save that takes another's value") { transaction in
      guard var record = transaction.record("row", "a") else { return }
      record.content["mail"] = "y"
      try transaction.save(record)
    },
    refuses("null twice") {
      try $0.create("row", ["mail": nil])
      try $0.create("row", ["mail": nil])
    },
    refuses("the same object twice") {
      try $0.create("row", ["mail": ["a": 1, "b": [2]]])
      try $0.create("row", ["mail": ["b": [2.0], "a": 1]])
    },
    refuses("numbers of the same value") {
      try $0.create("row", ["mail": 1])
      try $0.create("row", ["mail": 1.0])
    },
    takes("records without the value") {
      try $0.create("row", [:])
      try $0.create("row", ["other": "x"])
    },
    takes("a write of what the record itself has") {
      try $0.put("row", "a", ["mail": "x", "more": true])
    },
    takes("a value that was given up") {
      try $0.put("row", "a", ["mail": "z"])
      try $0.create("row", ["mail": "x"])
    },
    takes("a value whose holder was removed") {
      try $0.delete("row", "a")
      try $0.create("row", ["mail": "x"])
    },
    takes("values of different kinds") {
      try $0.create("row", ["mail": 1])
      try $0.create("row", ["mail": "1"])
      try $0.create("row", ["mail": [1]])
      try $0.create("row", ["mail": [2]])
      try $0.create("row", ["mail": ["a": 1]])
    },
    takes("other types") { try $0.create("other", ["mail": "x"]) },
    .store("a declared index changes no result", indexes: [RecordIndex("row", on: "k")]) { store in
      try fill(store, (1...50).map { ("r\($0)", #"{"k":\#($0 % 5),"n":\#($0)}"#) })
      let query = Query.and([.compare("k", .equal, 3), .compare("n", .greater, 20)])
      try expect(try ids(store, where: query), (21...50).filter { $0 % 5 == 3 }.map { "r\($0)" })
      let plan = try store.world.explain(of: "row", where: query)
      try expect(plan.access, .index(RecordIndex("row", on: "k")))
      try expect(plan.candidates, 10)
      try expect(plan.total, 50)
      try expect(plan.isExact, false)
    },
    .store("without an index, every record is examined") { store in
      try fill(store, [("a", #"{"k":1}"#)])
      let plan = try store.world.explain(of: "row", where: .compare("k", .equal, 1))
      try expect(plan.access, .scan)
      try expect(plan.description, "All 1 records are looked at, and each one is checked.")
    },
    .store(
      "the index with the fewest candidates is used",
      indexes: [RecordIndex("row", on: "k"), RecordIndex("row", on: "n")]
    ) { store in
      try fill(store, (1...50).map { ("r\($0)", #"{"k":\#($0 % 5),"n":\#($0)}"#) })
      let query = Query.and([.compare("k", .equal, 3), .compare("n", .greater, 45)])
      let plan = try store.world.explain(of: "row", where: query)
      try expect(plan.access, .index(RecordIndex("row", on: "n")))
      try expect(plan.candidates, 5)
      try expect(try ids(store, where: query), ["r48"])
    },
  ]
}
