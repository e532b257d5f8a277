import EventicleCore
import EventicleWorkbench

/// The lines of the inspector, made from its state and the shown moment.
struct EventLines {
  let state: EventModel
  let context: PaneContext
  let moment: MomentView
  let columns: Int
  /// Whether the selected row comes after the moment, so that everything about it does.
  private(set) var isLaterRow = false
  var lines: [StyledLine] = []
  var meter: WorkMeter

  /// The greatest number of lines in a tab.
  static let most = 4_000

  private init(_ state: EventModel, _ context: PaneContext, columns: Int, _ meter: WorkMeter) {
    self.state = state
    self.context = context
    moment = context.shown
    self.columns = columns
    self.meter = meter
  }

  /// Makes the lines for a width, counting the reads.
  static func make(
    _ state: EventModel, _ context: PaneContext, columns: Int, _ meter: inout WorkMeter
  ) -> [StyledLine] {
    var maker = EventLines(state, context, columns: max(0, columns), meter)
    maker.make()
    meter = maker.meter
    return maker.lines
  }

  private mutating func make() {
    guard let index = context.row, let entry = entry(index) else {
      say(
        context.hasRows
          ? "Nothing happened here." : "Nothing is selected; what happens shows in the tail.")
      return
    }
    isLaterRow = moment.isLater(entry.kind, index)
    switch state.tab {
    case .state: makeState(index, entry)
    case .diff: makeDiff(index, entry)
    case .cause: makeCause(index, entry)
    case .deliveries: makeDeliveries(entry)
    case .raw: makeRaw(entry)
    }
    if isLaterRow {
      lines = lines.map { line in
        var line = line
        line.pieces = line.pieces.map {
          StyledPiece($0.text, $0.style.role, overlay: .timeFuture)
        }
        return line
      }
    }
    if context.wraps { lines = lines.flatMap { $0.wrapped(to: columns) } }
    if lines.count > Self.most {
      let more = lines.count - Self.most
      lines = Array(lines.prefix(Self.most))
      say("… \(more) more lines")
    }
  }

  // MARK: - Helpers for every tab

  /// Appends a sentence about why there is nothing to see.
  mutating func say(_ text: DisplayText) { lines.append(StyledLine(" " + text, .uiMuted)) }

  /// Reads an entry and counts the read.
  mutating func entry(_ index: JournalIndex) -> JournalEntry? {
    meter.entriesRead += 1
    return moment.timeline.entry(index)
  }

  /// Reads what a part of a step changed, by its first entry, and counts the read.
  mutating func changes(of index: JournalIndex) -> StepChanges {
    meter.entriesRead += 1
    return moment.timeline.changes(of: index)
  }

  /// Reads an event and counts the read.
  mutating func event(_ position: Position) -> Event? {
    meter.eventsRead += 1
    return moment.log.event(at: position)
  }

  /// The time of day of an instant.
  func time(_ instant: Instant) -> DisplayText {
    DisplayText(sanitising: CivilTime(instant).timeText)
  }

  /// The last event of the step that wrote an event; `nil` when it is the last itself.
  private func writtenWith(_ position: Position) -> Position? {
    guard let index = moment.timeline.appendEntry(of: position) else { return nil }
    let timeline = moment.timeline
    let end = timeline.stepEnd(of: index)
    var place = end
    while place > index {
      if let last = timeline.entry(place)?.kind.position { return last == position ? nil : last }
      place = JournalIndex(place.number - 1)
    }
    return nil
  }

  /// Appends the line that names an event.
  mutating func addHead(of position: Position, _ event: Event) {
    var line = StyledLine(" #\(position.number) ")
    line.add(PaneText.data(event.type.text, limit: 80), .kindEvent)
    if let id = event.domainID { line.add("  " + PaneText.data(id.text, limit: 80)) }
    if let last = writtenWith(position) { line.add(" (written with #\(last.number))", .uiMuted) }
    let stream = StyledPiece(PaneText.data(event.stream.text, limit: 40) + " ")
    let time = StyledPiece(time(event.createdAt).prefix(columns: 8), .uiMuted)
    if line.width + 2 + stream.text.width + time.text.width <= columns {
      line.right = [stream, time]
    }
    lines.append(line)
  }
}
