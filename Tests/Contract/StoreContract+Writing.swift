import EventicleCore

extension StoreContract {
  static let writing: [ContractCase] =
    [
      .store("a created record has its content, version 1 and its moment") { store in
        let now = store.world.clock
        let record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        try expect(record.version, 1)
        try expect(record.createdAt, now)
        try expect(record.key.description, "row/r")
        try expect(store.world.record(RecordKey("row", "r")), record)
      },
      .store("a record without an id gets one of its own") { store in
        let (a, b) = try store.transact {
          (try $0.create("row", ["a": 1]), try $0.create("row", ["a": 1]))
        }
        try expect(a.id.isEmpty || a.id == b.id, false)
        try expect(try ids(store, "row").count, 2)
      },
      .store("creating an existing record is refused") { store in
        try fill(store, [("r", #"{"a":1}"#)])
        try expectRefusal("There is a record row/r already") { try fill(store, [("r", "{}")]) }
        try expect(store.world.record(RecordKey("row", "r"))?.content, ["a": 1])
      },
      .store("an unknown id of a known type is nil") { store in
        try fill(store, [("r", "{}")])
        try expect(store.world.record(RecordKey("row", "x")), nil)
        try expect(try store.transact { $0.record("row", "x") }, nil)
      },
      .store("an id of an unknown type is nil, and the type empty") { store in
        try expect(store.world.record(RecordKey("nope", "x")), nil)
        try expect(try ids(store, "nope"), [])
        try expect(try store.transact { try $0.count(of: "nope") }, 0)
        try expect(store.world.recordTypes, [])
      },
      .store("changing what create returned changes nothing in the store") { store in
        var record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        record.content["a"] = 2
        try expect(store.world.record(RecordKey("row", "r"))?.content, ["a": 1])
      },
      .store("changing what was found changes nothing in the store") { store in
        try fill(store, [("r", #"{"a":{"b":[1]}}"#)])
        var found = try store.transact { try $0.records(of: "row") }
        for place in found.indices { found[place].content.set(2, at: "a.b[0]") }
        try expect(store.world.record(RecordKey("row", "r"))?.content, ["a": ["b": [1]]])
      },
      .store("a save writes and increments the version") { store in
        var record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        record.content["a"] = 2
        let saved = try store.transact { try $0.save(record) }
        try expect(saved.version, 2)
        try expect(saved.createdAt, record.createdAt)
        try expect(store.world.record(RecordKey("row", "r")), saved)
      },
      .store("saving a record that has changed since it was read is a conflict") { store in
        let record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        var (mine, theirs) = (record, record)
        theirs.content["a"] = 2
        mine.content["a"] = 3
        _ = try store.transact { try $0.save(theirs) }
        try expectRefusal("was read at version 1, but it is at 2") {
          _ = try store.transact { try $0.save(mine) }
        }
        try expect(store.world.record(RecordKey("row", "r"))?.content, ["a": 2])
      },
      .store("saving a deleted record is refused") { store in
        let record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        _ = try store.transact { try $0.delete("row", "r") }
        try expectRefusal("There is no record row/r") {
          _ = try store.transact { try $0.save(record) }
        }
      },
      .store("saving a record that was deleted and recreated is a conflict") { store in
        let record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        _ = try store.transact { try $0.delete("row", "r") }
        _ = try store.transact { try $0.create("row", ["a": 9], id: "r") }
        try expectRefusal("read it again") { _ = try store.transact { try $0.save(record) } }
      },
      .store("a put creates or replaces a record") { store in
        try expect(try store.transact { try $0.put("row", "r", ["a": 1]) }.version, 1)
        try expect(try store.transact { try $0.put("row", "r", ["a": 2]) }.version, 2)
        try expect(try ids(store, "row"), ["r"])
      },
      .store("a put of the same content writes nothing") { store in
        _ = try store.transact { try $0.put("row", "r", ["a": 1, "b": 2]) }
        try expect(try store.transact { try $0.put("row", "r", ["b": 2, "a": 1.0]) }.version, 1)
      },
      .store("a put of an adjacent number is a change") { store in
        try fill(store, [("r", #"{"a":9007199254740992}"#)])
        let next = try json(#"{"a":9007199254740993}"#)
        try expect(try store.transact { try $0.put("row", "r", next) }.version, 2)
        let found = store.world.record(RecordKey("row", "r"))?.content["a"].description
        try expect(found, "9007199254740993")
      },
      .store("a change starts from the existing record or from an empty object") { store in
        _ = try store.transact { try $0.change("row", "r") { $0["n"] = 1 } }
        _ = try store.transact { try $0.change("row", "r") { $0["m"] = 2 } }
        try expect(store.world.record(RecordKey("row", "r"))?.content, ["n": 1, "m": 2])
      },
      .store("a delete reports whether the record existed") { store in
        try fill(store, [("r", "{}")])
        try expect(try store.transact { try $0.delete("row", "r") }, true)
        try expect(try store.transact { try $0.delete("row", "r") }, false)
        try expect(try store.transact { try $0.delete("nope", "r") }, false)
        try expect(store.world.recordCount(of: "row"), 0)
      },
      .store("deleting many removes the matching records and returns their number") { store in
        try fill(store, (1...30).map { ("r\($0)", #"{"k":\#($0 % 3)}"#) })
        let gone = try store.transact {
          try $0.deleteMany("row", where: .compare("k", .equal, 0))
        }
        try expect(gone, 10)
        try expect(try ids(store), (1...30).filter { $0 % 3 != 0 }.map { "r\($0)" })
      },
      .store("a record that is put after a delete comes last") { store in
        try fill(store, [("a", "{}"), ("b", "{}")])
        _ = try store.transact { try $0.delete("row", "a") }
        _ = try store.transact { try $0.put("row", "a", [:]) }
        try expect(try ids(store), ["b", "a"])
      },
      .store("purging a type leaves the others") { store in
        _ = try store.transact {
          try $0.create("row", [:])
          try $0.create("row", [:])
          try $0.create("other", [:])
        }
        try expect(try store.transact { try $0.purge("row") }, 2)
        try expect(try store.transact { try $0.purge("row") }, 0)
        try expect(store.world.recordTypes, ["other"])
      },
      .store("a count counts the matching records") { store in
        try fill(store, (1...9).map { ("r\($0)", #"{"k":\#($0)}"#) })
        try expect(try store.transact { try $0.count(of: "row") }, 9)
        let query = Query.compare("k", .greater, 6)
        try expect(try store.transact { try $0.count(of: "row", where: query) }, 3)
      },
      .store("record ids are compared by bytes: two that look alike are two records") { store in
        try fill(store, [("\u{e9}", #"{"a":1}"#), ("e\u{301}", #"{"a":2}"#)])
        try expect(store.world.recordCount(of: "row"), 2)
        try expect(store.world.record(RecordKey("row", "e\u{301}"))?.content, ["a": 2])
      },
      .store("record types are compared by bytes: two that look alike are two types") { store in
        _ = try store.transact { try $0.create("\u{e9}", [:]) }
        try expect(store.world.recordCount(of: "\u{e9}"), 1)
        try expect(store.world.recordCount(of: "e\u{301}"), 0)
      },
      .store("content of any kind and size comes back unchanged") { store in
        let long = String(repeating: "é\"\\\n", count: 10_000)
        let contents: [JSON] = [
          nil, true, 5, "text", [1, [2, [nil]]], ["": ["a.b": [:]]], .string(long), [:],
        ]
        for (number, content) in contents.enumerated() {
          _ = try store.transact { try $0.put("row", "r\(number)", content) }
          try expect(store.world.record(RecordKey("row", "r\(number)"))?.content, content)
        }
      },
      .store("the moment of creation survives later writes") { store in
        let record = try store.transact { try $0.create("row", ["a": 1], id: "r") }
        try store.pass(.seconds(5))
        _ = try store.transact { try $0.put("row", "r", ["a": 2]) }
        let found = store.world.record(RecordKey("row", "r"))
        try expect(found?.createdAt, record.createdAt)
      },
    ] + ids

  /// A new record's content may not contain these values under `id`.
  private static let ids: [ContractCase] =
    ["1", #""x""#, "true", "[]", "{}", "0.5"].map { value in
      .store("a new record with the id \(value) in its content is refused") { store in
        let content = try json("{\"id\":\(value)}")
        try expectRefusal("ID is set") {
          _ = try store.transact { try $0.create("row", content) }
        }
        try expect(store.world.recordCount(of: "row"), 0)
      }
    }
    + ["0", "-0.0", #""""#, "false", "null"].map { value in
      .store("a new record with the empty id \(value) in its content is accepted") { store in
        let content = try json("{\"id\":\(value)}")
        _ = try store.transact { try $0.create("row", content) }
        try expect(store.world.recordCount(of: "row"), 1)
      }
    }
}
