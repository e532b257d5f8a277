import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Whatever help and completion offer, the language knows.
@Suite struct OfferTests {
  private static func shop() throws -> Session {
    var session = try Session(.shop)
    for line in ["do PlaceOrder customer=c-19 total:=59", "do PlaceOrder customer=c-2 total:=7"] {
      #expect(session.run(line).problem == nil)
    }
    return session
  }

  /// The beginnings of the example of a verb: up to each blank, and half-way into each word.
  private static func beginnings(of example: String) -> [String] {
    var all: [String] = []
    var line = ""
    for word in example.split(separator: " ", omittingEmptySubsequences: false) {
      all.append(line)
      all.append(line + word.prefix(1))
      line += word + " "
    }
    return all + [line]
  }

  @Test(arguments: Verb.all)
  func `every candidate offered for a verb is known where it stands`(verb: Verb) throws {
    let session = try Self.shop()
    let source = SessionCompletion(
      session.moment, themes: ["harbour-dark"], settings: [("mouse", ["on", "off"])])
    for line in Self.beginnings(of: verb.example) {
      let found = Completion.complete(line, caret: line.count, source: source)
      for candidate in found.candidates {
        let whole = String(Array(line)[..<found.replaceRange.lowerBound]) + candidate.text
        let error = failure(whole, names: DomainNames(session.moment))
        #expect(
          error?.message.hasPrefix("There is no") != true, "\(whole): \(error?.message ?? "")")
        #expect(error?.message.contains("is not a") != true, "\(whole): \(error?.message ?? "")")
      }
    }
  }

  @Test func `places offered in time can be gone to`() throws {
    var session = try Self.shop()
    #expect(session.run("mark 'before lunch' #1").problem == nil)
    let source = SessionCompletion(session.moment, marks: session.marks)
    for place in CompletionParts.positions(source) {
      let reply = session.run(
        place.text == "last" ? "goto last OrderCreated" : "goto \(place.text)")
      #expect(reply.problem == nil, "\(place.text): \(reply.problem?.message ?? "")")
    }
  }

  @Test(arguments: Verb.all)
  func `the example of every verb, and its form with a file, are carried out`(verb: Verb) throws {
    var session = try Self.shop()
    for line in [
      "do DeclinePayment paymentId=pay-1", "mark paid", "fork spare", "switch main",
    ] { #expect(session.run(line).problem == nil, "\(line)") }
    let known = [
      "redrive", "edit", "drop", "discard", "agg", "view", "expect", "find",
      "deliver", "delay", "dup", "crash", "redo", "reload", "skip", "insert", "refuse", "adopt",
      "compare",
    ]
    let reply = session.run(verb.example)
    if let problem = reply.problem {
      // Some examples name what the shop has only later; they are understood all the same.
      #expect(known.contains(verb.name.rawValue), "\(verb.example): \(problem.message)")
      #expect(!problem.message.contains("not carried out"), "\(verb.example)")
    }
    guard verb.isWritable, reply.problem == nil else { return }
    let written = session.run("\(verb.example) > found.ndjson")
    #expect(written.problem == nil, "\(verb.example): \(written.problem?.message ?? "")")
    #expect(
      written.requests.contains { if case .write = $0 { true } else { false } },
      "\(verb.example) writes nothing")
  }

  @Test func `names offered for looking verbs can be looked at`() throws {
    var session = try Self.shop()
    for verb in ["agg Order/", "saga PaymentSaga/", "saga ", "view OrderBoard/", "view "] {
      let found = Completion.complete(
        verb, caret: verb.count, source: SessionCompletion(session.moment))
      #expect(!found.candidates.isEmpty, "\(verb)")
      for candidate in found.candidates {
        let reply = session.run(verb + candidate.text)
        #expect(reply.problem == nil, "\(verb)\(candidate.text): \(reply.problem?.message ?? "")")
      }
    }
  }

  @Test func `a saga's JSON says the key that people write`() throws {
    var session = try Self.shop()
    let rows = session.run("saga PaymentSaga").output?.array ?? []
    #expect(Set(rows.compactMap { $0["key"].string }) == ["order-1", "order-2"])
  }

  @Test func `the queue names the type of every event at every place in the past`() throws {
    var session = try Self.shop()
    var all = 0
    func check() {
      for row in session.run("queue").output?.array ?? [] {
        all += 1
        #expect(row["type"].string?.isEmpty == false, "\(session.cursor): \(row)")
      }
    }
    for number in 0...session.timeline.count {
      _ = session.run("goto j\(number)")
      check()
    }
    for number in 1...session.head.log.count {
      _ = session.run("goto #\(number)")
      check()
    }
    #expect(all > 0)
  }
}
