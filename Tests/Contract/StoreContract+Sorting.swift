import EventicleCore

extension StoreContract {
  private static let kinds: [(id: String, text: String)] = [
    ("object", #"{"k":{}}"#), ("text", #"{"k":"1"}"#), ("ten", #"{"k":10}"#), ("none", "{}"),
    ("true", #"{"k":true}"#), ("nine", #"{"k":9}"#), ("array", #"{"k":[]}"#),
    ("null", #"{"k":null}"#), ("false", #"{"k":false}"#), ("nine2", #"{"k":9.0}"#),
    ("A", #"{"k":"A"}"#), ("minus", #"{"k":-1}"#), ("none2", "{}"),
  ]

  /// Each sort runs without an index and with an index on its first key.
  private static func sorted(
    _ name: String, by keys: [SortKey], _ data: [(id: String, text: String)], _ wanted: [String]
  ) -> [ContractCase] {
    [("", []), (" with an index", [RecordIndex("row", on: "k")])].map { suffix, indexes in
      .store("\(name)\(suffix)", indexes: indexes) { store in
        try fill(store, data)
        try expect(try ids(store, sortedBy: keys), wanted)
        var walked: [String] = []
        var cursor: RecordCursor?
        repeat {
          let slice = try store.transact {
            try $0.records(of: "row", sortedBy: keys, after: cursor, size: 2)
          }
          walked += slice.entries.map(\.id)
          cursor = slice.next
        } while cursor != nil
        try expect(walked, wanted, "walked")
      }
    }
  }

  private static let order = [
    "none", "none2", "null", "false", "true", "minus", "nine", "nine2", "ten", "text", "A",
    "array", "object",
  ]
  private static let reversed = [
    "object", "array", "A", "text", "ten", "nine", "nine2", "minus", "true", "false", "null",
    "none", "none2",
  ]
  private static let pairs: [(id: String, text: String)] = [
    ("a", #"{"k":2,"g":"x"}"#), ("b", #"{"k":1,"g":"y"}"#), ("c", #"{"k":2,"g":"y"}"#),
    ("d", #"{"k":1,"g":"x"}"#), ("e", #"{"g":"x"}"#), ("f", #"{"k":1,"g":"y"}"#),
  ]

  static let sorting: [ContractCase] =
    sorted("values of all kinds sort by kind and value", by: [.ascending("k")], kinds, order)
    + sorted(
      "the largest come first, equal ones in order of creation", by: [.descending("k")], kinds,
      reversed)
    + sorted(
      "a second key orders records that are equal by the first",
      by: [.ascending("k"), .descending("g")],
      pairs, ["e", "b", "f", "d", "c", "a"])
    + sorted(
      "the first key may be descending and the second ascending",
      by: [.descending("k"), .ascending("g")],
      pairs, ["a", "c", "d", "b", "f", "e"])
    + sorted(
      "the moment of creation is a sort key", by: [SortKey(.createdAt, ascending: false)],
      pairs, ["a", "b", "c", "d", "e", "f"])
    + sorted(
      "large adjacent numbers sort by value", by: [.ascending("k")],
      [("b", #"{"k":9007199254740993}"#), ("a", #"{"k":9007199254740992}"#)], ["a", "b"])
    + [
      .store("later records come first when sorted by descending creation") { store in
        for id in ["a", "b", "c"] {
          try fill(store, [(id, "{}")])
          try store.pass(.seconds(1))
        }
        try expect(
          try ids(store, sortedBy: [SortKey(.createdAt, ascending: false)]), ["c", "b", "a"])
      },
      .store("a query and a sort combine", indexes: [RecordIndex("row", on: "k")]) { store in
        try fill(store, kinds)
        let query = Query.compare("k", .lessOrEqual, 9)
        try expect(
          try ids(store, where: query, sortedBy: [.descending("k")]), ["nine", "nine2", "minus"])
      },
      .store("without a sort, records come in the order of creation") { store in
        try fill(store, kinds)
        try expect(try ids(store), kinds.map(\.id))
      },
    ]

  /// A page number and size, the values expected on that page of k = 1…5, and the page number it
  /// reports.
  private static let pages: [(page: Int, size: Int, found: [Int], says: Int)] = [
    (1, 2, [1, 2], 1), (2, 2, [3, 4], 2), (3, 2, [5], 3), (4, 2, [], 4), (0, 2, [1, 2], 1),
    (-7, 2, [1, 2], 1), (Int.min, 2, [1, 2], 1), (1, Int.max, [1, 2, 3, 4, 5], 1),
    (2, Int.max, [], 2), (Int.max, Int.max, [], Int.max), (Int.max, 2, [], Int.max),
    (1, 5, [1, 2, 3, 4, 5], 1),
    (5, 1, [5], 5),
  ]

  private static func five(_ store: any StoreUnderTest) throws {
    try fill(store, (1...5).map { ("r\($0)", #"{"k":\#($0)}"#) })
  }

  static let paging: [ContractCase] =
    pages.map { row in
      .store("page \(row.page) of \(row.size)", indexes: [RecordIndex("row", on: "k")]) {
        store in
        try five(store)
        for sort in [[], [SortKey.ascending("k")], [SortKey.ascending("j")]] {
          let page = try store.transact {
            try $0.records(of: "row", sortedBy: sort, page: row.page, size: row.size)
          }
          try expect(page.entries.map { $0.content["k"].integer ?? 0 }, row.found)
          try expect(page.totalCount, 5)
          try expect(page.page, row.says)
          try expect(page.size, row.size)
        }
      }
    } + [
      .store("a page has 50 records by default") { store in
        try fill(store, (1...60).map { ("r\($0)", "{}") })
        let page = try store.transact { try $0.records(of: "row", page: 1) }
        try expect(page.entries.count, 50)
        try expect(page.totalCount, 60)
      },
      .store("an empty page size is refused") { store in
        try expectRefusal("1 record or more") {
          _ = try store.transact { try $0.records(of: "row", page: 1, size: 0) }
        }
        try expectRefusal("1 record or more") {
          _ = try store.transact { try $0.records(of: "row", after: nil, size: -1) }
        }
      },
      .store("a page of a query counts the matching records") { store in
        try five(store)
        let query = Query.compare("k", .greater, 1)
        let page = try store.transact { try $0.records(of: "row", where: query, page: 2, size: 3) }
        try expect(page.entries.map(\.id), ["r5"])
        try expect(page.totalCount, 4)
      },
      .store("a walk continues despite inserts and deletes before its cursor") { store in
        try five(store)
        let first = try store.transact { try $0.records(of: "row", after: nil, size: 2) }
        try expect(first.entries.map(\.id), ["r1", "r2"])
        _ = try store.transact {
          try $0.delete("row", "r1")
          try $0.delete("row", "r2")
          try $0.create("row", ["k": 6], id: "r6")
        }
        let rest = try store.transact { try $0.records(of: "row", after: first.next, size: 9) }
        try expect(rest.entries.map(\.id), ["r3", "r4", "r5", "r6"])
        try expect(rest.totalCount, 4)
        try expect(rest.next, nil)
      },
      .store("a walk by a sort continues after its value") { store in
        try five(store)
        let sort = [SortKey.descending("k")]
        let first = try store.transact {
          try $0.records(of: "row", sortedBy: sort, after: nil, size: 2)
        }
        try expect(first.entries.map(\.id), ["r5", "r4"])
        _ = try store.transact {
          try $0.create("row", ["k": 9], id: "r9")
          try $0.create("row", ["k": 3.5], id: "between")
          try $0.delete("row", "r4")
        }
        let rest = try store.transact {
          try $0.records(of: "row", sortedBy: sort, after: first.next, size: 9)
        }
        try expect(rest.entries.map(\.id), ["between", "r3", "r2", "r1"])
      },
      .store("a cursor of another sort is refused") { store in
        try five(store)
        let cursor = try store.transact { try $0.records(of: "row", after: nil, size: 2) }.next
        try expectRefusal("sort that the walk began with") {
          _ = try store.transact {
            try $0.records(of: "row", sortedBy: [.ascending("k")], after: cursor, size: 2)
          }
        }
      },
      .store("a last slice of exactly the page size ends the walk") { store in
        try five(store)
        let slice = try store.transact { try $0.records(of: "row", after: nil, size: 5) }
        try expect(slice.entries.count, 5)
        try expect(slice.next, nil)
      },
    ]
}
