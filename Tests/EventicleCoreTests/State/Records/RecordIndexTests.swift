import TestSupport
import Testing

@testable import EventicleCore

/// Random records and queries.
enum RandomQuery {
  static let paths: [JSONPath] = ["a", "b", "n.c", "l[0]"]

  static func value(_ random: inout SeededRandom) -> JSON {
    let texts = ["", "a", "b", "ab", "é", "e\u{301}", "10", "9"]
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &random))
    case 2, 3, 4: return .int(Int.random(in: -3...6, using: &random))
    case 5: return .double(Double(Int.random(in: 0...8, using: &random)) / 4)
    case 6:
      let text = ["9007199254740992", "9007199254740993", "1e30", "1.0", "-0"]
      return (try? JSON(parsing: text[Int.random(in: 0..<text.count, using: &random)])) ?? nil
    case 7: return .array([.int(Int.random(in: 0...2, using: &random))])
    case 8: return ["c": .int(Int.random(in: 0...2, using: &random))]
    default: return .string(texts[Int.random(in: 0..<texts.count, using: &random)])
    }
  }

  static func content(_ random: inout SeededRandom) -> JSON {
    var content = JSON.emptyObject
    for path in paths where Int.random(in: 0..<4, using: &random) > 0 {
      content.set(value(&random), at: path)
    }
    return content
  }

  static func query(_ random: inout SeededRandom, depth: Int = 3) -> Query {
    let path = paths[Int.random(in: 0..<paths.count, using: &random)]
    func queries() -> [Query] {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in query(&random, depth: depth - 1) }
    }
    switch Int.random(in: 0..<(depth > 0 ? 14 : 10), using: &random) {
    case 0: return .all
    case 1: return .anyOf(path, (0..<3).map { _ in value(&random) })
    case 2: return .between(path, value(&random), value(&random))
    case 3: return .exists(path)
    case 4: return .like(path, ["", "a", "1", "\u{301}"][Int.random(in: 0..<4, using: &random)])
    case 5: return .matches(content(&random))
    case 6: return .contains(path, value(&random))
    case 7, 8, 9:
      let relations = Query.Relation.allCases
      let relation = relations[Int.random(in: 0..<relations.count, using: &random)]
      return .compare(path, relation, value(&random))
    case 10, 11: return .and(queries())
    case 12: return .or(queries())
    default: return .not(query(&random, depth: depth - 1))
    }
  }

  static func sort(_ random: inout SeededRandom) -> [SortKey] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      let subject: SortKey.Subject =
        Int.random(in: 0..<5, using: &random) == 0
        ? .createdAt : .path(paths[Int.random(in: 0..<paths.count, using: &random)])
      return SortKey(subject, ascending: Bool.random(using: &random))
    }
  }
}

@Suite struct RecordIndexTests {
  private static let indexes = RandomQuery.paths.prefix(3).map { RecordIndex("row", on: $0) }

  /// The answer without any index: every record is tested in turn.
  private static func naive(_ world: World, _ query: Query, _ sort: [SortKey]) -> [Record] {
    var found: [Record] = []
    world.forEachRecord(of: "row") { record in
      if query.matches(record.content) { found.append(record) }
      return true
    }
    return SortKey.sorted(found, by: sort)
  }

  private static func check(_ world: World, _ random: inout SeededRandom) throws {
    for _ in 0..<12 {
      let query = RandomQuery.query(&random)
      let sort = RandomQuery.sort(&random)
      let wanted = naive(world, query, sort)
      let about = Comment(rawValue: "\(query) by \(sort)")
      try #expect(world.records(of: "row", where: query, sortedBy: sort) == wanted, about)
      try #expect(world.count(of: "row", where: query) == wanted.count, about)
      let size = Int.random(in: 1...7, using: &random)
      let number = Int.random(in: 1...4, using: &random)
      let page = try world.records(
        of: "row", where: query, sortedBy: sort, page: number, size: size)
      #expect(page.entries == Array(wanted.dropFirst((number - 1) * size).prefix(size)), about)
      #expect(page.totalCount == wanted.count, about)
      var walked: [Record] = []
      var cursor: RecordCursor?
      repeat {
        let slice = try world.records(
          of: "row", where: query, sortedBy: sort, after: cursor, size: size)
        walked += slice.entries
        cursor = slice.next
      } while cursor != nil
      #expect(walked == wanted, about)
    }
  }

  @Test(arguments: seeds(120))
  func `an index answers as a scan does, also after going back`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var world = World(startingAt: .standardStart, seed: seed)
    let isEarly = Bool.random(using: &random)
    if isEarly { world.declare(Self.indexes) }
    var steps: [StepChanges] = []
    let ids = Int.random(in: 3...60, using: &random)
    for _ in 0..<4 {
      let step = try transaction(world)
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let id = "\(Int.random(in: 0..<ids, using: &random))"
        if Int.random(in: 0..<4, using: &random) == 0 {
          try step.delete("row", id)
        } else {
          try step.put("row", id, RandomQuery.content(&random))
        }
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        world = step.rollBack()
      } else {
        let changes: StepChanges
        (world, changes) = step.commit()
        steps.append(changes)
      }
    }
    if !isEarly { world.declare(Self.indexes) }
    try Self.check(world, &random)
    for changes in steps.reversed() {
      let kept = world
      world.revert(changes)
      try Self.check(world, &random)
      try Self.check(kept, &random)
    }
    #expect(world.recordCount(of: "row") == 0)
  }

  @Test(arguments: seeds(300))
  func `a query written as JSON reads back as equal`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<10 {
      let query = RandomQuery.query(&random)
      #expect(try Query(query.form) == query)
      #expect(try Query(JSON(parsing: query.form.description)) == query)
    }
  }

  @Test func `paths that text cannot express survive the JSON form`() throws {
    for name in ["", "a.b", "]", "[", "\"", "AND", "OR", "NOT", "AT", "0", "é"] {
      for steps: [JSONPath.Step] in [[.member(name)], [.element(3), .member(name)], []] {
        let query = Query.compare(JSONPath(steps), .greater, 1)
        #expect(try Query(query.form) == query, "\(query)")
      }
    }
  }

  @Test func `a query nested too deep is refused`() throws {
    var query = Query.all
    for _ in 0..<10_000 { query = .not(query) }
    let world = World(startingAt: .standardStart, seed: 1)
    #expect(throws: QueryError.self) { try world.records(of: "row", where: query) }
  }
}

@Suite struct QueryWorkTests {
  /// A board of a hundred thousand rows.
  private static func board() throws -> World {
    var world = World(startingAt: .standardStart, seed: 1)
    world.declare([
      RecordIndex("OrderBoard", on: "status"), RecordIndex("OrderBoard", on: "total"),
    ])
    let step = try transaction(world)
    for number in 0..<100_000 {
      try step.put(
        "OrderBoard", "order-\(number)",
        ["status": number % 1_000 == 0 ? "stuck" : "done", "total": .int(number), "x": 1])
    }
    return step.commit().0
  }

  @Test func `an indexed query visits only its matches`() throws {
    let world = try Self.board()
    func visited(_ query: Query, by sort: [SortKey] = []) throws -> [Int] {
      var work = QueryWork()
      let found = try world.records(of: "OrderBoard", where: query, sortedBy: sort, &work)
      return [found.count, work.visited]
    }
    #expect(try visited(.compare("status", .equal, "stuck")) == [100, 100])
    #expect(try visited(.compare("total", .greater, 99_990)) == [9, 9])
    #expect(try visited(.between("total", 10, 19)) == [10, 10])
    #expect(try visited(.anyOf("total", [1, 2, "3"])) == [2, 2])
    #expect(try visited(.compare("status", .equal, "gone")) == [0, 0])
    #expect(try visited(.not(.compare("status", .equal, "done"))) == [100, 100])
    #expect(
      try visited(.and([.compare("status", .equal, "stuck"), .compare("total", .less, 5_000)]))
        == [5, 100])
    #expect(
      try visited(.and([.compare("x", .equal, 1), .compare("total", .less, 50)]))
        == [50, 50])
    #expect(try visited(.compare("x", .equal, 2)) == [0, 100_000])
  }

  @Test func `counts and pages of an index examine only what they return`() throws {
    let world = try Self.board()
    var work = QueryWork()
    #expect(
      try world.count(of: "OrderBoard", where: .compare("status", .equal, "done"), &work) == 99_900)
    #expect(work.visited == 0)
    for sort in [[], [SortKey.ascending("total")], [SortKey.descending("total")]] {
      for number in [1, 700] {
        work = QueryWork()
        let page = try world.page(
          of: "OrderBoard", where: .all, sortedBy: sort, page: number, size: 50, &work)
        #expect(page.totalCount == 100_000)
        #expect(page.entries.count == 50)
        #expect(work == QueryWork(visited: 50))
      }
    }
    let plan = try world.explain(of: "OrderBoard", where: .compare("status", .equal, "stuck"))
    #expect(
      plan.description
        == "The index OrderBoard.status leads to 100 of 100000 records, all of which fit.")
  }
}
