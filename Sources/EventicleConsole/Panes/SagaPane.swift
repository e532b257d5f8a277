import EventicleCore

/// The life of one saga instance as a timeline, or a table of instances.
enum SagaPane {
  /// Draws the pane.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    switch model.saga.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "5 Saga", focused: focused)
      drawNothing(model, in: inside, on: &canvas)
    case .instances(let name):
      SagaTable.draw(model, name, in: rect, focused: focused, on: &canvas, &meter)
    case .instance(let key):
      let history = history(of: key, model, &meter)
      drawTimeline(history, model, in: rect, focused: focused, on: &canvas, &meter)
    }
  }

  /// How many lines the timeline has without blank ones; 0 when no instance is shown.
  ///
  /// - Parameter columns: The columns inside of the border.
  static func lineCount(_ model: Model, columns: Int) -> Int {
    lines(model, columns: columns)?.lines.count ?? 0
  }

  /// The first line of a step of the timeline without blank lines.
  static func line(ofStep step: Int, _ model: Model, columns: Int) -> Int {
    lines(model, columns: columns)?.line(ofStep: step) ?? 0
  }

  private static func lines(_ model: Model, columns: Int) -> SagaLines? {
    guard case .instance(let key) = model.saga.subject else { return nil }
    return SagaLines.make(
      model.shown.history(of: key), model, width: columns, isSpacious: false)
  }

  private static func history(
    of key: SagaKey, _ model: Model, _ meter: inout WorkMeter
  ) -> SagaHistory {
    let history = model.shown.history(of: key)
    meter.entriesRead += model.shown.timeline.entryCount(of: key)
    for step in history.steps {
      meter.entriesRead += step.outputs.count
      if case .event = step.trigger { meter.eventsRead += 1 }
    }
    return history
  }

  // MARK: - Nothing to show

  /// Says how to get a saga here.
  static func drawNothing(_ model: Model, in inside: Rect, on canvas: inout Canvas) {
    let domain = model.shown.domain
    let count = domain.sagas.reduce(0) { $0 + model.shown.world.sagas.count(of: $1.name) }
    let sentence: String
    if domain.sagas.isEmpty {
      sentence = "The domain \(domain.name) has no sagas."
    } else if count > 0 {
      sentence = "No saga is chosen. Pick one in 1 Explore, or :sagas lists them."
    } else if let line = StartLines.first(for: domain) {
      sentence = "No saga has started. :\(line) starts one."
    } else {
      sentence = "No saga has started. An event it listens to starts one."
    }
    draw(sentence: sentence, in: inside, on: &canvas)
  }

  /// Draws a calm sentence at the top of a pane.
  static func draw(sentence: String, in inside: Rect, on canvas: inout Canvas) {
    canvas.within(inside) { canvas in
      let room = inside.columns - 2
      for (row, line) in SagaText.wrapped(sentence, .uiMuted, columns: room, most: 6).enumerated() {
        canvas.put(line, at: Point(column: 1, row: row + (inside.rows > 6 ? 1 : 0)))
      }
    }
  }

  // MARK: - A timeline

  private static func drawTimeline(
    _ history: SagaHistory, _ model: Model, in rect: Rect, focused: Bool,
    on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let step = max(0, min(model.saga.step, history.steps.count - 1))
    let footer: DisplayText =
      history.steps.isEmpty ? "" : "step \(step + 1)/\(history.steps.count)"
    let title = SagaTitle.text(of: history, model, columns: rect.columns - 2)
    let inside = canvas.box(rect, title: title, footer: footer, focused: focused)
    guard !inside.isEmpty else { return }
    guard !history.steps.isEmpty else {
      return draw(
        sentence: "Nothing is recorded of \(history.key). :sagas lists those there are.",
        in: inside, on: &canvas)
    }
    let queue = inside.rows >= 8 ? SagaQueue.line(of: history, model, &meter) : nil
    let hasHeads = !SagaColumns(width: inside.columns).isStacked && inside.rows >= 6
    let (heads, body) = inside.split(top: hasHeads ? 2 : 0)
    let (room, queueRect) = body.split(bottom: queue == nil ? 0 : 1)
    var lines = SagaLines.make(history, model, width: inside.columns, isSpacious: true)
    if lines.lines.count > room.rows - (queue == nil ? 0 : 1) {
      lines = SagaLines.make(history, model, width: inside.columns, isSpacious: false)
    }
    let top = scroll(to: step, from: model.saga.scroll, lines, rows: room.rows)
    let drawing = SagaDrawing(lines: lines, selected: focused ? step : nil)
    if hasHeads { canvas.within(heads) { drawing.drawHeads(on: &$0) } }
    canvas.within(room) { canvas in
      for row in 0..<min(room.rows, max(0, lines.lines.count - top)) {
        drawing.drawLine(top + row, at: row, on: &canvas)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: room.row), rows: room.rows, first: top,
      visible: room.rows, total: lines.lines.count)
    if let queue {
      canvas.within(queueRect) { canvas in
        _ = canvas.put(queue, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      }
    }
  }

  /// The first line to show so that the selected step is on screen.
  private static func scroll(
    to step: Int, from wanted: Int, _ lines: SagaLines, rows: Int
  ) -> Int {
    guard lines.rows.indices.contains(step) else { return 0 }
    let block = lines.rows[step]
    var top = max(0, min(wanted, lines.lines.count - rows))
    if block.upperBound > top + rows { top = block.upperBound - rows }
    if block.lowerBound < top { top = block.lowerBound }
    return max(0, top)
  }
}

/// The title of an instance's timeline.
enum SagaTitle {
  /// `5 Saga PaymentSaga/order-1  declined  2 steps  30s  1 timer`.
  ///
  /// - Parameter columns: What there is room for; the least important words go first.
  static func text(of history: SagaHistory, _ model: Model, columns: Int) -> DisplayText {
    let known = history.instance ?? model.shown.timeline.head.sagas.instance(history.key)
    let past = history.steps.prefix { !$0.isAhead }
    let name = "\(history.key.saga)/\(known?.correlation ?? history.key.instanceID)"
    var words = [SagaText.data("5 Saga \(name)"), SagaText.data(state(history, past.count))]
    words.append(past.count == 1 ? "1 step" : "\(past.count) steps")
    if let first = past.first, let last = past.last, last.instant > first.instant {
      words.append(SagaText.data((last.instant - first.instant).brief))
    }
    if !history.timers.isEmpty {
      words.append(history.timers.count == 1 ? "1 timer" : "\(history.timers.count) timers")
    }
    let failed = past.count { $0.problem != nil }
    if failed > 0 { words.insert("✗ \(failed)", at: 2) }
    while words.count > 1, width(words) > columns { words.removeLast() }
    if let first = words.first, first.width > columns {
      return SagaText.data("5 \(name)").truncated(to: columns)
    }
    return words.dropFirst().reduce(words.first ?? "") { $0 + "  " + $1 }
  }

  private static func width(_ words: [DisplayText]) -> Int {
    words.reduce(-2) { $0 + 2 + $1.width }
  }

  private static func state(_ history: SagaHistory, _ past: Int) -> String {
    guard let instance = history.instance else { return past == 0 ? "not started" : "gone" }
    let word = instance.data.object?["status"]?.string
    return word.map { instance.hasEnded ? "\($0) ■" : $0 } ?? (instance.hasEnded ? "ended" : "live")
  }
}

/// The deliveries that wait and that an instance has to do with.
enum SagaQueue {
  /// How many deliveries are looked at.
  private static let most = 64

  /// `queue  ►#4→V OrderBoard  #4→S PaymentSaga`; nothing when none waits.
  static func line(
    of history: SagaHistory, _ model: Model, _ meter: inout WorkMeter
  ) -> SagaText? {
    let queue = model.shown.world.queue
    guard !queue.isEmpty, history.instance != nil else { return nil }
    let steps = Set(history.steps.map(\.entry))
    var line = SagaText("queue  ", .uiMuted)
    var count = 0
    for place in 0..<min(queue.count, most) {
      let delivery = queue[place]
      guard
        delivery.consumer == ConsumerName(.saga, history.key.saga)
          || leads(to: delivery, steps, model, &meter)
      else { continue }
      if count > 0 { line.add("  ") }
      line.add(place == 0 ? "►" : "", .timeCursor)
      line.add(SagaText.data("\(delivery.position)→"), .uiMuted)
      line.add(
        letter: SagaText.data(delivery.consumer.kind.letter), delivery.consumer.name,
        delivery.consumer.kind.role)
      count += 1
    }
    return count == 0 ? nil : line
  }

  /// Whether one of the steps led to a delivery, over at most a few causes.
  private static func leads(
    to delivery: Delivery, _ steps: Set<JournalIndex>, _ model: Model, _ meter: inout WorkMeter
  ) -> Bool {
    var index: JournalIndex? = delivery.cause
    for _ in 0..<4 {
      guard let here = index, let entry = model.shown.timeline.entry(here) else { return false }
      if steps.contains(here) { return true }
      meter.entriesRead += 1
      index = entry.cause
    }
    return false
  }
}

extension ConsumerKind {
  /// The role of its letter.
  var role: StyleRole {
    switch self {
    case .view: .kindView
    case .saga: .kindSaga
    case .adapter, .subscription: .kindExternal
    }
  }
}
