import Testing

@testable import EventicleCore

@Suite struct DataStoreTests {
  @Test(arguments: DataStoreContract.scenarios)
  func `S-23 operators on the standard data`(row: DataStoreContract) throws {
    let found = try DataStoreContract.standard().records("row", where: Query(row.query))
    #expect(Set(found.compactMap { $0.content["ide"].string }) == Set(row.found))
    #expect(found.count == row.found.count)
  }

  @Test(arguments: DataStoreContract.repaired)
  func `B-25 to B-33 missing fields, nulls and mixed kinds satisfy no comparison`(
    row: DataStoreContract
  ) throws {
    let found = try DataStoreContract.standard().records("row", where: Query(row.query))
    #expect(found.compactMap { $0.content["ide"].string }.sorted() == row.found.sorted())
  }

  @Test func `null equals null and nothing else`() throws {
    let store = try transaction()
    try store.create("row", ["a": nil], id: "null")
    try store.create("row", [:], id: "missing")
    try store.create("row", ["a": 0], id: "zero")
    func found(_ query: JSON) throws -> [String] {
      try store.records("row", where: Query(query)).map(\.id)
    }
    #expect(try found(["a": nil]) == ["null"])
    #expect(try found(["a": ["op": "IN", "value": [nil, 0]]]) == ["null", "zero"])
    #expect(try found(["a": ["op": "LTE", "value": 0]]) == ["zero"])
    #expect(try found(["a": ["op": "LIKE", "value": "n"]]) == [])
    #expect(try store.records("row", where: .not(.exists("a"))).map(\.id) == ["missing"])
    #expect(
      try store.records("row", where: .or([.compare("a", .equal, 0), .not(.exists("a"))]))
        .map(\.id) == ["missing", "zero"])
  }

  @Test(
    arguments: [
      ["a": ["op": "eq", "value": 1]], ["a": ["op": "IN", "value": 1]],
      ["a": ["op": "BETWEEN", "value": [1]]], ["a": ["op": "LIKE", "value": 5]],
      ["a": ["op": "LIKE", "value": ["path": [], "like": "x"]]],
      ["a": ["op": "OBJECT", "value": "text"]], ["a..b": 1], 7,
    ] as [JSON])
  func `B-28 an operator that does not exist is an error that lists those that do`(query: JSON) {
    #expect(throws: QueryError.self) { try Query(query) }
  }

  @Test func `S-23 sorted by value, largest first`() throws {
    let found = try DataStoreContract.standard().records(
      "row", where: Query(DataStoreContract.op("val", "LTE", 102)),
      sortedBy: [.descending("val")])
    #expect(found.map(\.content["ide"]) == ["three", "two", "first"])
  }

  @Test func `B-30 several keys sort by kind and value, missing ones first`() throws {
    let store = try transaction()
    let rows: [(String, JSON)] = [
      ("ten", ["k": 10, "g": "b"]), ("nine", ["k": 9, "g": "a"]), ("text", ["k": "1", "g": "a"]),
      ("none", ["g": "a"]), ("nine2", ["k": 9, "g": "b"]), ("null", ["k": nil]),
    ]
    for (id, content) in rows { try store.create("row", content, id: id) }
    #expect(
      try store.records("row", sortedBy: [.ascending("k"), .descending("g")]).map(\.id)
        == ["none", "null", "nine2", "nine", "ten", "text"])
    #expect(
      try store.records("row", sortedBy: [.descending("k")]).map(\.id)
        == ["text", "ten", "nine", "nine2", "null", "none"])
    #expect(
      try store.records("row", sortedBy: [SortKey(.createdAt)]).map(\.id) == rows.map(\.0))
  }

  @Test func `S-26 pages count from 1, and a page past the end is empty`() throws {
    let store = try transaction()
    for number in 1...5 { try store.create("row", ["k": .int(number)]) }
    func page(_ page: Int, _ size: Int) throws -> [Int?] {
      let found = try store.records("row", page: page, size: size)
      #expect(found.totalCount == 5)
      return found.entries.map { $0.content["k"].integer }
    }
    #expect(try page(1, 2) == [1, 2])
    #expect(try page(3, 2) == [5])
    #expect(try page(4, 2) == [])
    #expect(try page(1, Int.max) == [1, 2, 3, 4, 5])
    #expect(try page(2, Int.max) == [])
    #expect(try page(Int.max, Int.max) == [])
    #expect(try page(Int.max, 2) == [])
    #expect(try page(Int.max / 2 + 2, 4) == [])
    #expect(try store.records("row").count == 5)
    #expect(try store.records("row", page: 1).entries.count == 5)
    #expect(throws: QueryError.self) { try page(0, 2) }
    #expect(throws: QueryError.self) { try page(1, 0) }
  }

  @Test func `S-27 a record that is not there is nil, of a known type or not`() throws {
    let store = try transaction()
    try store.create("row", [:], id: "a")
    #expect(store.record("row", "b") == nil)
    #expect(store.record("nope", "a") == nil)
    #expect(try store.delete("row", "b") == false)
    #expect(try store.records("nope").isEmpty)
  }

  @Test func `S-27 changing what create returned does not change the store`() throws {
    let store = try transaction()
    var record = try store.create("row", ["a": 1], id: "r")
    record.content["a"] = 2
    #expect(store.record("row", "r")?.content == ["a": 1])
    #expect(try store.save(record).content == ["a": 2])
  }

  @Test func `B-32 a save of what somebody else wrote meanwhile is a conflict`() throws {
    let store = try transaction()
    var mine = try store.create("row", ["a": 1], id: "r")
    var theirs = mine
    theirs.content["a"] = 2
    try store.save(theirs)
    mine.content["a"] = 3
    #expect(throws: WorldError.recordConflict(mine.key, expected: 1, actual: 2)) {
      try store.save(mine)
    }
    #expect(store.record("row", "r")?.content == ["a": 2])
    try store.delete("row", "r")
    #expect(throws: WorldError.recordMissing(mine.key)) { try store.save(mine) }
  }

  @Test func `creating what is there is an error, putting it is not`() throws {
    let store = try transaction()
    let first = try store.create("row", ["a": 1], id: "r")
    #expect(throws: WorldError.recordExists(first.key)) { try store.create("row", [:], id: "r") }
    #expect(try store.put("row", "r", ["a": 2]).version == 2)
    #expect(try store.put("row", "r", ["a": 2]).version == 2)
    #expect(try store.put("row", "new", [:]).version == 1)
    #expect(try store.change("row", "fresh") { $0["n"] = 1 }.content == ["n": 1])
  }

  @Test func `records rest in order of creation, and deleting many says how many`() throws {
    let store = try transaction()
    for number in 1...300 { try store.create("row", ["k": .int(number % 3)], id: "r\(number)") }
    #expect(try store.deleteAll("row", where: Query(["k": 0])) == 100)
    try store.put("row", "r3", ["k": 0])
    let left = try store.records("row").map(\.id)
    #expect(left == (1...300).filter { $0 % 3 != 0 }.map { "r\($0)" } + ["r3"])
    #expect(store.world.recordCount(of: "row") == 201)
    #expect(store.world.record(of: "row", at: 200)?.id == "r3")
  }

  @Test func `B-34 every record knows when it was created and how often it was written`() throws {
    let store = try transaction()
    let record = try store.create("row", ["a": 1], id: "r")
    #expect(record.createdAt == .standardStart)
    #expect(store.record("row", "r") == record)
  }
}
