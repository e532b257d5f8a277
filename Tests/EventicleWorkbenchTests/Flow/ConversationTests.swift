import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// The tree of causes around an entry, against one that climbs each entry's causes by itself.
@Suite struct ConversationTests {
  /// Two orders with declined cards, one of which fails, a refused command, and a note that names
  /// its cause by itself.
  static func session() throws -> Session {
    var session = try Session(.shop)
    for line in [
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
      "do PlaceOrder customer=c-7 total:=20", "clock +30s", "do CapturePayment paymentId=pay-2",
      "do CapturePayment paymentId=pay-3", "do DispatchShipment shipmentId=ship-1 carrier=DHL",
      "do DeliverShipment shipmentId=ship-1", "emit notes Note n-1 causedBy:#4", "clock +5m",
      "hold", "do PlaceOrder customer=c-8 total:=5", "drop #1>OrderBoard", "release", "live",
      "clock +2d",
    ] { _ = session.run(line) }
    _ = session.run("do CapturePayment paymentId=pay-3")
    return session
  }

  /// The cause of an entry, as the journal or the event has it.
  private static func cause(of index: JournalIndex, _ moment: MomentView) -> JournalIndex? {
    guard let entry = moment.timeline.entry(index) else { return nil }
    if let cause = entry.cause, cause.number > 0 { return cause }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      return moment.log.event(at: position).flatMap { moment.log.position(ofCauseOf: $0) }
        .flatMap { moment.timeline.appendEntry(of: $0) }
    default: return nil
    }
  }

  private static func root(of index: JournalIndex, _ moment: MomentView) -> JournalIndex {
    var root = index
    while let next = cause(of: root, moment) { root = next }
    return root
  }

  @Test func `it is everything with the same root, whichever entry asks`() throws {
    let moment = try Self.session().moment
    let all = (1...moment.timeline.count).map { JournalIndex($0) }
    var byRoot: [JournalIndex: Set<JournalIndex>] = [:]
    for index in all { byRoot[Self.root(of: index, moment), default: []].insert(index) }
    #expect(byRoot.count > 5 && byRoot.values.contains { $0.count > 10 })
    for index in all {
      let found = try #require(ConversationReader(moment).conversation(around: index))
      let root = Self.root(of: index, moment)
      #expect(found.nodes.first?.index == root, "\(index)")
      #expect(Set(found.nodes.map(\.index)) == byRoot[root], "\(index)")
      #expect(found.above == 0 && found.more == 0 && found.isCounted && found.top == root)
    }
  }

  @Test func `nodes stand in pre-order under their causes, and effects in the journal's order`()
    throws
  {
    let moment = try Self.session().moment
    for number in 1...moment.timeline.count {
      let found = try #require(
        ConversationReader(moment).conversation(around: JournalIndex(number)))
      var open: [Int] = []
      for (place, node) in found.nodes.enumerated() {
        #expect(found.place(of: node.index) == place)
        #expect(node.cause == Self.cause(of: node.index, moment))
        open.removeSubrange(node.depth...)
        #expect(node.parent == open.last)
        #expect(node.parent.map { found.nodes[$0].index } == node.cause)
        open.append(place)
        let siblings = found.nodes.indices.filter { found.nodes[$0].parent == node.parent }
        #expect(
          siblings.map { found.nodes[$0].index } == siblings.map { found.nodes[$0].index }.sorted())
        #expect(node.isLast == (siblings.last == place))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 7, 20])
  func `of a long one the first are held, with the entry that asks among them`(most: Int) throws {
    let moment = try Self.session().moment
    for number in 1...moment.timeline.count {
      let index = JournalIndex(number)
      let whole = try #require(ConversationReader(moment).conversation(around: index))
      let part = try #require(
        ConversationReader(moment, most: most).conversation(around: index))
      #expect(part.nodes.count <= most && part.place(of: index) != nil)
      let first = try #require(part.nodes.first)
      #expect(part.top == whole.nodes.first?.index && part.isCounted)
      let start = try #require(whole.place(of: first.index))
      #expect(part.above == whole.nodes[start].depth)
      // All that is below the first node is held or counted.
      let below = whole.nodes[start...].dropFirst().prefix { $0.depth > whole.nodes[start].depth }
      #expect(part.nodes.count + part.more == below.count + 1)
      #expect(Set(part.nodes.map(\.index)).isSubset(of: Set(whole.nodes.map(\.index))))
    }
  }

  @Test func `what is not counted to the end is said to be at least so many`() throws {
    let moment = try Self.session().moment
    let whole = try #require(
      ConversationReader(moment).conversation(around: JournalIndex(1)))
    let part = try #require(
      ConversationReader(moment, most: 4, counting: 3).conversation(around: JournalIndex(1)))
    #expect(!part.isCounted && part.nodes.count == 4)
    #expect(part.more >= 3 && part.nodes.count + part.more <= whole.nodes.count)
  }

  @Test func `it costs the conversation and not the history`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-1 total:=5 --count 200")
    for number in [1, session.timeline.count / 2, session.timeline.count] {
      var looked = 0
      let found = ConversationReader(session.moment).conversation(
        around: JournalIndex(number)
      ) { count in
        looked = count
        return true
      }
      #expect(found?.nodes.count == looked)
      #expect(looked > 5 && looked < 20)
    }
    #expect(session.timeline.count >= 2_000)
  }

  @Test func `work that is ended finds nothing`() throws {
    let moment = try Self.session().moment
    #expect(
      ConversationReader(moment).conversation(around: JournalIndex(1)) { $0 < 5 } == nil)
    #expect(ConversationReader(moment).conversation(around: JournalIndex(99_999)) == nil)
    #expect(ConversationReader(moment).conversation(around: JournalIndex(0)) == nil)
  }

  @Test func `a chain of events by their own causes is climbed to its beginning`() throws {
    var session = try Session(Domain("chain"))
    for number in 1...300 {
      let cause = number > 1 ? " causedBy:#\(number - 1)" : ""
      #expect(session.run("emit notes Noted n-\(number)\(cause)").problem == nil)
    }
    let last = try #require(session.timeline.appendEntry(of: Position(300)))
    let found = try #require(ConversationReader(session.moment).conversation(around: last))
    #expect(found.nodes.map(\.depth) == Array(0..<300))
    let part = try #require(
      ConversationReader(session.moment, most: 50).conversation(around: last))
    #expect(part.place(of: last) != nil && part.above > 200 && part.top == found.top)
  }

  @Test func `an event whose cause is elsewhere says so`() throws {
    var session = try Session(.shop)
    var note = NewEvent("Note", data: [:])
    note.causedByID = "elsewhere-1"
    _ = session.perform(.emit([note], to: "notes").by(.person))
    session.arrive()
    let found = ConversationReader(session.moment).conversation(around: session.timeline.last)
    #expect(found?.missingCause == "elsewhere-1")
  }

  // MARK: - The verb

  @Test func `flow shows the tree of the event at the time cursor, of an event and of an entry`()
    throws
  {
    var session = try Self.session()
    let first = try #require(session.run("flow #1").output)
    #expect(first["root"].integer == 1 && first["more"].integer == 0)
    let nodes = first["nodes"].array ?? []
    #expect(nodes.first?["title"].string == "PlaceOrder" && nodes.first?["kind"].string == "C")
    #expect(nodes.first?["cause"].isNull == true && nodes.first?["outcome"].string == "done")
    #expect(nodes.first?["isLater"].bool == false && nodes.first?["after"].integer == 0)
    let created = nodes.first { $0["type"].string == "OrderCreated" && $0["kind"].string == "E" }
    #expect(created?["title"].string == "#1 OrderCreated order-1")
    #expect(created?["event"].integer == 1 && created?["stream"].string == "orders")
    #expect(created?["key"].string == "order-1" && created?["depth"].integer == 1)
    let timer = nodes.first { $0["kind"].string == "T" }
    #expect(timer?["title"].string == "timeout 5m armed" && timer?["key"].string == "order-1")
    for place in ["flow j1", "flow last OrderPriced", "goto #2; flow"] {
      #expect(session.run(place).output?["root"].integer != nil, "\(place)")
    }
    _ = session.run("goto #1")
    #expect(session.run("flow").output?["nodes"].array?.count == nodes.count)
    let later = session.run("flow").output?["nodes"].array?.count { $0["isLater"].bool == true }
    #expect((later ?? 0) > 0)
    _ = session.run("goto start")
    #expect(session.run("flow").problem?.message.hasPrefix("Nothing has happened") == true)
    #expect(session.run("flow #999").problem?.message.contains("no event #999") == true)
  }

  @Test func `a refused command is a conversation of its own`() throws {
    var session = try Self.session()
    let nodes = session.run("flow \(session.timeline.last)").output?["nodes"].array ?? []
    #expect(nodes.count == 1 && nodes.first?["outcome"].string == "rejected")
    #expect(nodes.first?["title"].string == "CapturePayment refused")
    #expect(nodes.first?["problem"].string?.isEmpty == false)
  }
}
