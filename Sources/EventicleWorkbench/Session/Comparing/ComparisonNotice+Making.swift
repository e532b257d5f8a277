import EventicleCore

extension ComparisonNotice {
  /// Compares two histories.
  ///
  /// - Parameters:
  ///   - known: A moment up to which they are known to be the same.
  ///   - goesOn: Asked now and then with what is being looked at; `false` ends it.
  /// - Returns: `nil` when a person ended the work.
  /// - Complexity: O(steps after the known moment).
  init?(
    _ left: ComparedSide, _ right: ComparedSide, after known: JournalIndex,
    goesOn: (Int) -> Bool = { _ in true }
  ) {
    guard let common = left.common(with: right, after: known, goesOn: goesOn) else { return nil }
    self.init(
      left: left.side, right: right.side,
      common: left.timeline.name(of: TimeCursor(entry: common)))
    let mine = ComparedItems(left, after: common, goesOn: goesOn)
    let others = ComparedItems(right, after: common, goesOn: goesOn)
    guard mine.isWhole, others.isWhole else { return nil }
    take(left, mine, right, others)
    let touched = ComparedThings(left, right, after: common, goesOn: goesOn)
    (things, hiddenThings) = touched.compared(left, right)
    things += Self.mails(left, mine, right, others)
  }

  private mutating func take(
    _ left: ComparedSide, _ mine: ComparedItems, _ right: ComparedSide, _ others: ComparedItems
  ) {
    let alignment = ItemAlignment(mine.items, others.items)
    let (readLeft, readRight) = (StepReader(left.moment), StepReader(right.moment))
    let partnered = Set(alignment.partners.values)
    for (place, item) in mine.items.enumerated() where item.event != nil {
      guard let other = alignment.partners[place] else {
        onlyLeft += 1
        continue
      }
      if !changes(item, left, others.items[other], right).isEmpty { changed += 1 }
    }
    for (place, item) in others.items.enumerated() where item.event != nil {
      if !partnered.contains(place) { onlyRight += 1 }
    }
    hiddenRows = max(0, alignment.rows.count - Self.most)
    rows = alignment.rows.prefix(Self.most).map { row in
      let (one, other) = (row.left.map { mine.items[$0] }, row.right.map { others.items[$0] })
      let partner = row.left.flatMap { alignment.partners[$0] }
      let isSame = partner != nil && partner == row.right
      let found =
        isSame ? one.flatMap { one in other.map { changes(one, left, $0, right) } } ?? [] : []
      return Row(
        left: one.map { item in
          Self.item(
            item, readLeft, isElsewhere: !isSame && alignment.partners[row.left ?? -1] != nil)
        },
        right: other.map { item in
          Self.item(item, readRight, isElsewhere: !isSame && partnered.contains(row.right ?? -1))
        },
        relation: !isSame ? .different : found.isEmpty ? .same : .changed, changes: found)
    }
  }

  private func changes(
    _ one: ComparedItems.Item, _ left: ComparedSide, _ other: ComparedItems.Item,
    _ right: ComparedSide
  ) -> [Change] {
    guard let mine = one.event.flatMap({ left.timeline.head.log.event(at: $0) }),
      let others = other.event.flatMap({ right.timeline.head.log.event(at: $0) }),
      mine.data != others.data
    else { return [] }
    return ComparedThings.changes(mine.data.value, others.data.value)
  }

  private static func item(
    _ item: ComparedItems.Item, _ reader: StepReader, isElsewhere: Bool
  ) -> Item {
    let message = reader.row(item.entry)
    var text = message.texts[0]
    if !message.sign.isEmpty, text.hasPrefix("\(message.sign) ") {
      text.removeFirst(message.sign.count + 1)
    }
    if text.isEmpty { text = reader.plain(item.entry) }
    var reason = ""
    if let position = item.event {
      let whole = text
      text = reader.name(of: position)
      reason = String(whole.dropFirst(text.count + 1))
    }
    let type: EventType? =
      switch reader.timeline.entry(item.entry)?.kind {
      case .append(_, let type), .imported(_, let type): type
      default: nil
      }
    return Item(
      entry: item.entry, event: item.event, type: type, text: text, reason: reason,
      sign: message.sign,
      isElsewhere: isElsewhere)
  }

  /// What adapters were called for in one of the two only; a fork notes a call and does not make it.
  private static func mails(
    _ left: ComparedSide, _ mine: ComparedItems, _ right: ComparedSide, _ others: ComparedItems
  ) -> [Thing] {
    let known = (Set(mine.calls.map(\.path)), Set(others.calls.map(\.path)))
    var lines: [(adapter: String, id: String, left: [String], right: [String])] = []
    func add(_ side: ComparedSide, _ items: ComparedItems, _ known: Set<UInt64>, isLeft: Bool) {
      for call in items.calls where !known.contains(call.path) {
        let event = side.timeline.head.log.event(at: call.event)
        guard let event, side.domain.handles(ConsumerName(.adapter, call.adapter), event.type)
        else { continue }
        let id = event.key
        let word = "\(event.type.text)\(call.isSilent ? ", not sent" : "")"
        let place = lines.firstIndex { $0.adapter == call.adapter && $0.id == id }
        if place == nil { lines.append((call.adapter, id, [], [])) }
        let index = place ?? lines.count - 1
        if isLeft { lines[index].left.append(word) } else { lines[index].right.append(word) }
      }
    }
    add(left, mine, known.1, isLeft: true)
    add(right, others, known.0, isLeft: false)
    return lines.prefix(most).map { line in
      func value(_ words: [String]) -> JSON? {
        words.isEmpty ? nil : .array(words.map { .string($0) })
      }
      func words(_ words: [String]) -> String {
        words.isEmpty ? "nothing" : words.joined(separator: ", ")
      }
      return Thing(
        kind: .mail, type: line.adapter, id: line.id, left: words(line.left),
        right: words(line.right),
        changes: [Change(path: "", left: value(line.left), right: value(line.right))])
    }
  }
}

extension StepReader {
  /// What an entry says that has no message of its own.
  func plain(_ index: JournalIndex) -> String {
    guard let entry = timeline.entry(index) else { return "" }
    switch entry.kind {
    case .clock(_, let instant): return "clock \(Self.time(instant))"
    case .group(let group, _): return "\(group) changed"
    case .trimmed(let stream, _): return "\(stream) trimmed"
    case .parkedDropped(let number): return "parked \(number) given up"
    case .parkedEdited(let number): return "parked \(number) edited"
    case .sagaIntervention(let key, _, _): return "\(saga(key)) corrected by you"
    default: return timeline.input(of: index)?.action.phrase(in: world) ?? ""
    }
  }
}
