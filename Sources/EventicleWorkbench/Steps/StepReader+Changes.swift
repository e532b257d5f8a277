import EventicleCore

extension StepReader {
  /// A saga instance before and after a step.
  struct SagaChange {
    let old: SagaInstance?
    let new: SagaInstance?
  }

  /// What a step changed in an instance; the last change counts.
  func sagaChange(of key: SagaKey, in entry: JournalEntry) -> SagaChange? {
    var first: SagaChange?
    var last: SagaInstance?
    for change in timeline.changes(of: entry.stepStart).others {
      guard case .saga(let old, let new) = change, (new ?? old)?.key == key else { continue }
      first = first ?? SagaChange(old: old, new: new)
      last = new
    }
    return first.map { SagaChange(old: $0.old, new: last) }
  }

  /// `awaitingPayment → declined`, `retrying → paid, ended`; empty when the state stays.
  func became(_ change: SagaChange?) -> String {
    guard let change else { return "" }
    let (old, new) = (Self.status(change.old), Self.status(change.new))
    let isOver = change.new?.hasEnded ?? (change.old != nil)
    var words =
      switch (old, new) {
      case (let old?, let new?) where old != new: "\(old) → \(new)"
      case (nil, let new?): new
      default: ""
      }
    if isOver, change.old?.hasEnded != true { words += words.isEmpty ? "ended" : ", ended" }
    return words
  }

  static func status(_ instance: SagaInstance?) -> String? {
    instance?.data.object?["status"]?.string
  }

  /// Changed fields, what was sent, what was armed and called off.
  func parts(of change: SagaChange?, _ index: JournalIndex) -> [StepMessage.Part] {
    let fields = differences(from: change?.old?.data, to: change?.new?.data)
    var parts: [StepMessage.Part] = []
    let shown = change?.new == nil ? [] : Self.words(for: fields.filter { !Self.isStatus($0) })
    if !shown.isEmpty { parts.append(.fields(shown)) }
    return parts + outputs(of: index)
  }

  private static func isStatus(_ change: Difference) -> Bool {
    change.path.description == "status" && change.new?.string != nil
  }

  /// What followed from an entry in its own step.
  func outputs(of index: JournalIndex) -> [StepMessage.Part] {
    var (sent, emitted, armed, off): ([String], [String], [String], [String]) = ([], [], [], [])
    for effect in timeline.effects(of: index, limit: Self.mostOutputs) {
      switch timeline.entry(effect)?.kind {
      case .command(let type, _, _, let outcome):
        let made = positions(madeBy: effect)
        sent.append(
          outcome.problem.map { "\(type), refused: \($0)" } ?? "\(type)\(Self.arrow(made))")
      case .append(let position, let type): emitted.append("\(position) \(type)")
      case .timerArmed(let key, _, let schedule, let again):
        armed.append("\(key.name) \(schedule.brief)\(again ? " again" : "")")
      case .timerCancelled(let key): off.append(key.name)
      default: break
      }
    }
    var parts: [StepMessage.Part] = []
    if !sent.isEmpty { parts.append(.list("sent", sent)) }
    if !emitted.isEmpty { parts.append(.list("emitted", emitted)) }
    if !armed.isEmpty { parts.append(.list("armed", armed)) }
    if !off.isEmpty { parts.append(.words(off.map { "\($0) off" }.joined(separator: " · "))) }
    return parts
  }

  /// The most that a message looks at, far more than a line shows.
  static let mostOutputs = 64

  /// The events that an entry appended.
  func positions(madeBy index: JournalIndex) -> [Position] {
    timeline.effects(of: index, limit: Self.mostOutputs).compactMap { effect in
      if case .append(let position, _) = timeline.entry(effect)?.kind { position } else { nil }
    }
  }

  /// ` → #3`, ` → #6 #7`, ` → #6 … #90`; empty without events.
  static func arrow(_ positions: [Position]) -> String {
    guard let first = positions.first, let last = positions.last else { return "" }
    return positions.count > 3
      ? " → \(first) … \(last)"
      : " → " + positions.map { "\($0)" }.joined(separator: " ")
  }

  // MARK: - Rows

  /// `order-1 status paying → onHold`, of the first row that a step changed.
  func rows(changedBy entry: JournalEntry) -> String {
    guard let (first, count) = firstRow(changedBy: entry) else { return "nothing changed" }
    let rest = count - 1
    return first + (rest == 0 ? "" : " and \(rest) more \(rest == 1 ? "row" : "rows")")
  }

  /// The first row that a step changed, and how many it changed; `nil` for none.
  func firstRow(changedBy entry: JournalEntry) -> (text: String, count: Int)? {
    var found: (text: String, count: Int)?
    for change in timeline.changes(of: entry.stepStart).others {
      guard case .record(let key, let old, let new) = change else { continue }
      let isView = domain.view(key.type) != nil
      found = found.map { ($0.text, $0.count + 1) } ?? (Self.row(key, old, new, isView: isView), 1)
    }
    return found
  }

  private static func row(_ key: RecordKey, _ old: Record?, _ new: Record?, isView: Bool) -> String
  {
    let name = isView ? key.id : "\(key.type) \(key.id)"
    guard let new else { return "\(name) removed" }
    guard let old else {
      let words = words(for: differences(from: nil, to: new.content), isNew: true)
        .joined(separator: ", ")
      // What an adapter keeps, such as a mail, says more than its id.
      guard isView else { return words.isEmpty ? name : "\(key.type) \(words)" }
      return words.isEmpty ? "\(name) new" : "\(name) new: \(words)"
    }
    let words = words(for: differences(from: old.content, to: new.content))
    return words.isEmpty ? "\(name) as it was" : "\(name) " + words.joined(separator: ", ")
  }

  // MARK: - Values

  /// `attempts 0 → 1`, `+ hold card_declined`, `- hold`; at most four of them.
  static func words(for changes: [Difference], isNew: Bool = false) -> [String] {
    let shown = changes.prefix(4).map { change in
      let path = change.path.description.prefix(40)
      switch (change.old, change.new) {
      case (let old?, let new?): return "\(path) \(word(old)) → \(word(new))"
      case (nil, let new?): return isNew ? "\(path) \(word(new))" : "+ \(path) \(word(new))"
      default: return "- \(path)"
      }
    }
    let rest = changes.count - shown.count
    return rest == 0 ? shown : shown + ["\(rest) more"]
  }

  /// A value in a sentence: plain words lose their quotes, long ones their end.
  static func word(_ value: JSON) -> String {
    switch value {
    case .string(let text) where text.utf8.count == 24 && text.hasSuffix("Z"):
      return Instant(parsing: text).map { time($0) } ?? text
    case .string(let text):
      let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 < 0x7F }
      return cut(isPlain ? text : JSON.string(String(text.prefix(200))).description)
    case .array(let values): return values.isEmpty ? "[]" : "[…] \(values.count)"
    case .object(let object): return object.isEmpty ? "{}" : "{…} \(object.count)"
    case .null, .bool, .number: return cut(value.description)
    }
  }

  private static func cut(_ text: String) -> String {
    text.count <= 40 ? text : "\(text.prefix(39))…"
  }
}
