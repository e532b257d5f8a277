import EventicleCore

extension Session {
  /// `export`: a test or a diagram, shown, printed or written to a file.
  mutating func export(_ request: ExportRequest) throws(LanguageError) -> Reply {
    let text: String
    let title: String
    switch request.content {
    case .test(let language, let range):
      title = "test \(language.rawValue)"
      do throws(TestPlan.Failure) {
        guard let plan = try testPlan(range) else { return Session.nothingToTest }
        text =
          switch language {
          case .swift: SwiftTestWriter.text(plan)
          case .javaScript: try JavaScriptTestWriter.text(plan)
          }
      } catch {
        switch error.kind {
        case .sentence: return Reply(problem: Reply.Problem(error.sentence))
        case .language(let error): throw error
        }
      }
    case .flow(let place, let language):
      title = "diagram flow"
      guard let entry = try entry(at: place) else {
        return Reply(
          problem: Reply.Problem("Nothing has happened at that place, so there is no flow of it."))
      }
      guard let conversation = conversation(of: entry) else { return Session.ended }
      let format = Session.format(language)
      text = Diagram.flow(conversation, moment, as: format).text(format)
    case .saga(let reference, let language):
      title = "diagram saga"
      guard let diagram = try diagram(ofSaga: reference) else { return Session.ended }
      text = diagram.text(Session.format(language))
    case .chart(let type, let key, let language):
      title = "diagram chart"
      let chart = try chart(of: type, key)
      text =
        switch language {
        case .mermaid: MermaidWriter.text(chart)
        case .dot: DotWriter.text(chart)
        case .scxml: ScxmlWriter.text(chart)
        }
    case .map(let language):
      title = "diagram map"
      guard let learnt = learntFlow() else { return Session.ended }
      text = Diagram.map(learnt, moment).text(Session.format(language))
    }
    var reply = Reply()
    if let path = request.path {
      reply.requests = [
        .write(OutputFile(path.value, text: text), force: request.force)
      ]
    } else {
      reply.output = .string(text)
      reply.document = text
      reply.requests = [.page(title: title, text)]
    }
    return reply
  }

  private static let ended = Reply(problem: Reply.Problem("Ended by you; nothing was exported."))
  private static let nothingToTest = Reply(
    problem: Reply.Problem("Nothing has happened there, so there is nothing to test."))

  private static func format(_ language: ExportRequest.DiagramLanguage) -> Diagram.Format {
    switch language {
    case .mermaid: .mermaid
    case .dot: .dot
    }
  }

  // MARK: - Tests

  /// The plan of a test of a range; `nil` when nothing has happened in it.
  private func testPlan(_ range: Located<MomentRange>?) throws(TestPlan.Failure) -> TestPlan? {
    guard engine.runsHandlersInPlace else {
      throw TestPlan.Failure(
        sentence: "The domain runs in another program, where nothing can be tried without being "
          + "noticed; save NAME.ndjson keeps its events.")
    }
    func place(_ expression: PositionExpression?) throws(TestPlan.Failure) -> TimeCursor? {
      guard let expression, let range else { return nil }
      do throws(LanguageError) {
        return try resolve(Located(expression, range.span))
      } catch {
        throw TestPlan.Failure(language: error)
      }
    }
    let end = try place(range?.value.last) ?? cursor
    var first = JournalIndex(1)
    if let from = try place(range?.value.first) {
      first = from.entry
      if case .event(let position) = range?.value.first, position.number > 0 {
        first = timeline.appendEntry(of: position) ?? first
      }
    }
    guard end.entry.number > 0, first <= end.entry else { return nil }
    let fresh: Engine
    do {
      fresh = try Engine(domain, startingAt: timeline.start.clock, seed: seed)
    } catch {
      throw TestPlan.Failure(sentence: "\(error)")
    }
    let silent = fresh.sandboxed(on: fresh.world, after: JournalIndex(0))
    return try TestPlan(
      from: first, upTo: end.entry, of: momentAtHead, on: silent, seed: seed)
  }

  // MARK: - Diagrams

  /// What the whole history shows of the domain's flow; `nil` when a person ended the work.
  private func learntFlow() -> LearntFlow? {
    var learnt = LearntFlow()
    while learnt.indexed < timeline.count {
      let before = learnt.indexed
      learnt.extend(from: moment, entries: LearntFlow.atOnce)
      guard learnt.indexed > before else { break }
      let progress = WorkProgress("reading", done: learnt.indexed, of: timeline.count)
      guard goesOn(progress) else { return nil }
    }
    return learnt
  }

  private func diagram(
    ofSaga reference: Located<SagaReference>
  ) throws(LanguageError) -> Diagram? {
    guard let saga = domain.saga(reference.value.name) else {
      throw unknown(
        "saga", reference.value.name, among: domain.sagas.map(\.name), at: reference.span)
    }
    var key: SagaKey?
    if let text = reference.value.key {
      key = try instance(saga.name, text, at: reference.span).key
    }
    return learntFlow().map { Diagram.saga(saga, instance: key, $0, moment) }
  }

  private func chart(
    of type: Located<String>, _ id: Located<DomainID>?
  ) throws(LanguageError) -> Diagram.Chart {
    guard let root = domain.aggregate(type.value) else {
      throw unknown(
        "aggregate type", type.value, among: domain.aggregates.map(\.type), at: type.span)
    }
    var states: [JSON] = []
    if let id {
      let key = AggregateKey(stored: root.type, id.value)
      let last = shown.histories.version(of: key).number
      guard last > 0 else {
        let count = shown.histories.count(of: root.type, in: key.workspace)
        let known = (0..<min(count, 200)).compactMap {
          shown.histories.id(of: root.type, at: $0, in: key.workspace)?.text
        }
        throw unknown(root.type, id.value.text, among: known, at: id.span)
      }
      // The last ones say where it is and how it came there.
      let versions = (max(1, last - 499)...last).map { Version($0) }
      states = (try? root.states(of: key, at: versions, in: shown, opening: domain.upcast)) ?? []
    }
    guard let chart = Diagram.chart(of: root, after: states) else {
      throw type.error(
        "\(root.type) declares neither a machine nor a lifecycle, so its states are not known; "
          + "\(root.type)/ID draws those that one of them has been in.")
    }
    return chart
  }
}
