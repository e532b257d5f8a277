import EventicleCore

/// The columns of the table of instances; they give way from the right when room is short.
struct SagaTableColumns {
  /// One instance.
  struct Row {
    fileprivate let cells: [(text: DisplayText, role: StyleRole)]

    /// Reads what the table says of an instance.
    init(_ instance: SagaInstance, _ rows: SagaRows, _ context: PaneContext) {
      let key = PaneText.data(instance.correlation ?? instance.key.instanceID, limit: 60)
      let age = PaneText.data(SagaText.length(context.now - instance.startedAt))
      cells = [
        (PaneText.data(instance.key.saga, limit: 60), .uiText), (key, .uiText),
        Row.now(instance, rows.parked(instance.key), context.shown.domain),
        (DisplayText(instance.steps), .uiText),
        (age, .uiMuted), Row.next(instance, context),
      ]
    }

    /// The row as `/` reads it.
    var text: String { cells.map(\.text.string).joined(separator: "  ") }

    private static func now(
      _ instance: SagaInstance, _ parked: Parked?, _ domain: Domain
    ) -> (text: DisplayText, role: StyleRole) {
      switch parked?.work {
      case .delivery(let delivery, _):
        return (PaneText.data("✗ parked at \(delivery.position)"), .statusError)
      case .timer(let timer, _):
        return (PaneText.data("✗ parked at T \(timer.name)", limit: 60), .statusError)
      case nil: break
      }
      let word = SagaTrack.word(instance.data) ?? (instance.hasEnded ? "ended" : "live")
      let severity = Severity(state: word, in: domain)
      let text = (severity?.mark ?? .empty) + PaneText.data(word, limit: 60)
      let role = severity?.role ?? (instance.hasEnded ? .statusEnded : .kindSaga)
      return (instance.hasEnded ? "■ " + text : text, role)
    }

    private static func next(
      _ instance: SagaInstance, _ context: PaneContext
    ) -> (text: DisplayText, role: StyleRole) {
      guard !instance.hasEnded, let timer = SagaRows.next(of: instance, context.shown) else {
        return ("—", .uiMuted)
      }
      let wait = timer.due - context.now
      let name = PaneText.data(timer.key.name, limit: 60)
      return (
        name + (wait.milliseconds > 0 ? PaneText.data(" in \(wait.brief)") : " now"), .kindTimer
      )
    }
  }

  private let isSorted: Bool
  private let widths: [Int]

  /// The columns in the order in which they go when room is short.
  private static let leaving = [4, 3, 5, 0]
  private static let widest = [18, 24, 22, 6, 8, 24]

  /// Measures the rows on screen.
  ///
  /// - Parameters:
  ///   - isSorted: Whether the rows stand worst first.
  ///   - width: The columns inside the border.
  init(_ rows: [Row], isSorted: Bool, width: Int) {
    self.isSorted = isSorted
    var widths = Self.heads(isSorted).enumerated().map { place, head in
      min(
        max(rows.map { $0.cells[place].text.width }.max() ?? 0, head.width), Self.widest[place])
    }
    var leaving = Self.leaving[...]
    while Self.total(widths) > width - 2, let next = leaving.popFirst() { widths[next] = 0 }
    self.widths = widths
  }

  private static func heads(_ isSorted: Bool) -> [DisplayText] {
    ["saga", "key", isSorted ? "now ▴" : "now", "steps", "age", "next"]
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(-3) { $0 + ($1 == 0 ? 0 : $1 + 3) }
  }

  var head: StyledLine { line(Self.heads(isSorted).map { ($0, .uiMuted) }) }

  func line(of row: Row) -> StyledLine { line(row.cells) }

  private func line(_ cells: [(text: DisplayText, role: StyleRole)]) -> StyledLine {
    var line = StyledLine()
    for (cell, width) in zip(cells, widths) where width > 0 {
      if !line.isEmpty { line.add("   ") }
      line.add(cell.text.width > width ? cell.text.truncated(to: width) : cell.text, cell.role)
      line.add(.spaces(max(0, width - cell.text.width)))
    }
    return line
  }
}
