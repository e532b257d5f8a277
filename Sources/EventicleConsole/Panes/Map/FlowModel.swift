import EventicleCore
import EventicleWorkbench

/// The state of the three tabs that show one conversation: which it is, and where one stands in it.
struct FlowModel: Sendable {
  /// The entry whose conversation is shown.
  private(set) var subject: JournalIndex?
  private(set) var reading: FlowReading?
  /// The entry whose row was chosen here; its moment is shown or on its way.
  private(set) var aim: JournalIndex?
  private var asked: FlowReading.Request?
  private var answered: FlowReading.Request?
  private var lists: [MapModel.Tab: ListCursor] = [:]

  /// The first visible row of a tab, and its selected one.
  subscript(tab: MapModel.Tab) -> ListCursor {
    get { lists[tab] ?? ListCursor() }
    set { lists[tab] = newValue }
  }

  // MARK: - Which conversation

  /// Shows the conversation of an entry.
  mutating func show(_ entry: JournalIndex) {
    (subject, aim) = (entry, nil)
    lists = [:]
  }

  /// Follows a row of the tail; within one conversation the screen stays.
  mutating func follow(_ row: JournalIndex?) {
    aim = nil
    guard let row, reading?.conversation.place(of: row) == nil else { return }
    subject = row
    lists = [:]
  }

  /// Stands on an entry of the conversation.
  mutating func stand(on entry: JournalIndex) { aim = entry }

  /// Forgets the chosen row when another moment is shown.
  mutating func release(_ context: PaneContext) {
    guard !context.isSeeking, !isStanding(context) else { return }
    aim = nil
  }

  /// Whether the moment of the chosen row is shown.
  func isStanding(_ context: PaneContext) -> Bool {
    aim.map { MapTarget.cursor(at: $0, context.shown) == context.shown.cursor } ?? false
  }

  /// The place of the node that stands for the moment; `nil` before the first one has happened.
  ///
  /// - Complexity: O(nodes).
  func here(_ context: PaneContext) -> Int? {
    guard let conversation = reading?.conversation else { return nil }
    if let aim, let place = conversation.place(of: aim),
      context.isSeeking || isStanding(context)
    {
      return place
    }
    if let row = context.row, let place = conversation.place(of: row),
      context.isSeeking || MapTarget.cursor(at: row, context.shown) == context.shown.cursor
    {
      return place
    }
    return conversation.place(at: context.shown)
  }

  /// The group and the mark that stand for the moment in the Gantt: of the selected group where it
  /// has the node, else of the first that has.
  func mark(_ context: PaneContext) -> (span: Int, mark: Int)? {
    guard let here = here(context), let spans = reading?.spans else { return nil }
    let selected = self[.gantt].selected
    if spans.spans.indices.contains(selected),
      let mark = spans.spans[selected].marks.firstIndex(of: here)
    {
      return (selected, mark)
    }
    return spans.place(of: here)
  }

  // MARK: - Reading

  /// Asks for the conversation, if what is there lacks something and nothing is asked for.
  mutating func ask(_ moment: MomentView) -> FlowReading.Request? {
    guard let subject, asked == nil else { return nil }
    let entries = moment.timeline.count
    if let conversation = reading?.conversation, conversation.entries == entries,
      conversation.place(of: subject) != nil
    {
      return nil
    }
    let request = FlowReading.Request(subject: subject, entries: entries)
    guard answered != request else { return nil }
    asked = request
    return request
  }

  /// Takes what was asked for.
  mutating func take(_ answer: FlowReading.Answer) {
    guard asked == answer.request else { return }
    (asked, answered) = (nil, answer.request)
    let isStill = subject.map { answer.reading?.conversation.place(of: $0) != nil } ?? false
    guard isStill || answer.request.subject == subject else { return }
    reading = answer.reading
  }
}
