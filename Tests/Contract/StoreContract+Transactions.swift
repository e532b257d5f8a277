import EventicleCore

extension StoreContract {
  private struct Stop: Error {}

  static let transactions: [ContractCase] = [
    .store("a step that throws leaves neither record nor event") { store in
      do {
        try store.transact { transaction in
          try transaction.create("t", ["a": 1])
          try transaction.emit("InTx", to: "s")
          throw Stop()
        }
      } catch is Stop {}
      try expect(store.world.recordCount(of: "t"), 0)
      try expect(store.world.log.count(of: "s"), 0)
    },
    .store("a step that throws restores changed and removed records") { store in
      try fill(store, [("a", #"{"n":1}"#), ("b", #"{"n":2}"#), ("c", #"{"n":3}"#)])
      let before = try store.transact { try $0.records(of: "row") }
      do {
        try store.transact { transaction in
          try transaction.put("row", "a", ["n": 9])
          try transaction.delete("row", "b")
          try transaction.create("row", ["n": 4], id: "d")
          try transaction.purge("row")
          try transaction.put("row", "b", [:])
          throw Stop()
        }
      } catch is Stop {}
      try expect(try store.transact { try $0.records(of: "row") }, before)
    },
    .store("a step sees its own writes") { store in
      try store.transact { transaction in
        try transaction.create("row", ["n": 1], id: "a")
        try expect(transaction.record("row", "a")?.content, ["n": 1])
        try transaction.put("row", "a", ["n": 2])
        try expect(try transaction.records(of: "row", where: .compare("n", .equal, 2)).count, 1)
        try transaction.delete("row", "a")
        try expect(try transaction.count(of: "row"), 0)
      }
    },
    .store("the writes of a step are invisible until it is over") { store in
      let before = store.world
      try store.transact { transaction in
        try transaction.create("row", [:])
        try expect(before.recordCount(of: "row"), 0)
      }
      try expect(before.recordCount(of: "row"), 0)
      try expect(store.world.recordCount(of: "row"), 1)
    },
    .store("a kept world never changes") { store in
      try fill(store, (1...300).map { ("r\($0)", #"{"n":\#($0)}"#) })
      let kept = store.world
      let before = try kept.records(of: "row")
      _ = try store.transact { try $0.deleteMany("row", where: .compare("n", .greater, 100)) }
      _ = try store.transact { try $0.put("row", "r1", ["n": 0]) }
      try expect(try kept.records(of: "row"), before)
      try expect(store.world.recordCount(of: "row"), 100)
    },
    .store("a finished transaction refuses writes") { store in
      let late = try store.transact { $0 }
      try expectRefusal("transaction is over") { try late.create("row", [:]) }
      try expectRefusal("transaction is over") { try late.put("row", "r", [:]) }
      try expectRefusal("transaction is over") { _ = try late.purge("row") }
      try expect(store.world.recordCount(of: "row"), 0)
    },
    .store("going back restores every record", needs: [.canRewind]) { store in
      try fill(store, [("a", #"{"n":1}"#), ("b", #"{"n":2}"#)])
      _ = try store.transact { try $0.put("row", "a", ["n": 5]) }
      _ = try store.transact { try $0.purge("row") }
      func contents(_ steps: Int) throws -> [JSON] {
        try store.world(stepsAgo: steps).records(of: "row").map(\.content)
      }
      try expect(try contents(0), [])
      try expect(try contents(1), [["n": 5], ["n": 2]])
      try expect(try contents(2), [["n": 1], ["n": 2]])
      try expect(try contents(3), [])
    },
    .store(
      "going back restores the indexes",
      indexes: [RecordIndex("row", on: "n", unique: true)], needs: [.canRewind]
    ) { store in
      try fill(store, [("a", #"{"n":1}"#), ("b", #"{"n":2}"#)])
      _ = try store.transact { try $0.put("row", "a", ["n": 5]) }
      _ = try store.transact { try $0.delete("row", "b") }
      func found(_ steps: Int, _ value: JSON) throws -> [String] {
        let world = try store.world(stepsAgo: steps)
        return try world.records(of: "row", where: .compare("n", .equal, value)).map(\.id)
      }
      try expect(try found(0, 2), [])
      try expect(try found(1, 2), ["b"])
      try expect(try found(1, 1), [])
      try expect(try found(2, 1), ["a"])
      try expect(try found(3, 1), [])
    },
  ]

  private static let acme: Workspace = "acme"

  static let workspaces: [ContractCase] = [
    .store("a record of one workspace is in no other") { store in
      let record = try store.transact { try $0.create("row", ["a": 1], id: "r", in: acme) }
      try expect(record.key.description, "acme:row/r")
      try expect(record.workspace, acme)
      try expect(store.world.record(RecordKey("row", "r")), nil)
      try expect(store.world.record(RecordKey("row", "r", in: "acm")), nil)
      try expect(store.world.record(RecordKey("row", "r", in: acme)), record)
      try expect(store.world.recordTypes, [])
      try expect(store.world.workspaces, [acme])
    },
    .store("the same id in two workspaces is two records") { store in
      _ = try store.transact { try $0.create("row", ["a": 1], id: "r") }
      _ = try store.transact { try $0.create("row", ["a": 2], id: "r", in: acme) }
      _ = try store.transact { try $0.put("row", "r", ["a": 3], in: acme) }
      try expect(store.world.record(RecordKey("row", "r"))?.content, ["a": 1])
      try expect(store.world.record(RecordKey("row", "r", in: acme))?.content, ["a": 3])
    },
    .store("a query finds only records of its own workspace") { store in
      for workspace in [acme, .system, "b"] {
        _ = try store.transact { try $0.create("row", ["a": 1], id: "\(workspace)", in: workspace) }
      }
      try expect(try ids(store), ["system"])
      try expect(try ids(store, where: .compare("a", .equal, 1), in: acme), ["acme"])
      try expect(try store.transact { try $0.count(of: "row", in: "b") }, 1)
      try expect(try store.transact { try $0.records(of: "row", page: 1, in: "c") }.totalCount, 0)
    },
    .store("deleting in one workspace leaves the others") { store in
      for workspace in [acme, .system] {
        _ = try store.transact { try $0.create("row", ["a": 1], id: "r", in: workspace) }
      }
      try expect(try store.transact { try $0.delete("row", "x", in: acme) }, false)
      try expect(try store.transact { try $0.deleteMany("row", where: .all, in: acme) }, 1)
      try expect(try ids(store), ["r"])
      try expect(try ids(store, in: acme), [])
    },
    .store("purging a workspace removes all its types and nothing else") { store in
      _ = try store.transact {
        try $0.create("row", [:], in: acme)
        try $0.create("other", [:], in: acme)
        try $0.create("row", [:])
      }
      try expect(try store.transact { try $0.purge(acme) }, 2)
      try expect(store.world.workspaces, [.system])
    },
    .store("a save writes to the workspace of the record") { store in
      var record = try store.transact { try $0.create("row", ["a": 1], id: "r", in: acme) }
      record.content = ["a": 2]
      _ = try store.transact { try $0.save(record) }
      try expect(store.world.record(RecordKey("row", "r", in: acme))?.content, ["a": 2])
      try expect(store.world.recordCount(of: "row"), 0)
    },
    .store("a change stays in its workspace") { store in
      _ = try store.transact { try $0.change("row", "r", in: acme) { $0["n"] = 1 } }
      try expect(store.world.recordCount(of: "row"), 0)
      try expect(store.world.recordCount(of: "row", in: acme), 1)
    },
    .store(
      "a unique value may occur once in each workspace",
      indexes: [RecordIndex("row", on: "n", unique: true)]
    ) { store in
      _ = try store.transact { try $0.create("row", ["n": 1]) }
      _ = try store.transact { try $0.create("row", ["n": 1], in: acme) }
      try expectRefusal("is unique") {
        _ = try store.transact { try $0.create("row", ["n": 1], in: acme) }
      }
    },
  ]
}
