import EventicleCore
import EventicleWorkbench

/// Describes what a line would do: what came of it where it was tried, and until it can be tried
/// what it lacks, from the declarations alone.
enum BarPreview {
  /// The number of events on which a filter is tried, and of those that have to be read from a file.
  static let mostEvents = 5_000
  private static let mostReadEvents = 1_000

  /// Fills in the preview of a prompt.
  static func fill(_ bar: inout CommandBarModel, _ moment: MomentView) {
    switch bar.kind {
    case .search, .goto: break
    case .command:
      let names = DomainNames(moment)
      let whole = try? Instruction.parse(bar.text, names: names)
      bar.reading = CommandBarModel.Reading(
        line: bar.text, head: moment.timeline.last,
        isTriable: whole.map(Instruction.areTriable) ?? false)
      guard let instruction = whole?.last ?? beginning(of: bar.text, names) else { return }
      switch instruction {
      case .emit(let emission): bar.preview = known(emission, moment)
      case .dispatch(let request): bar.preview = CommandPreview(request, moment).parts
      case .filter(let filter?, _): bar.preview = passing(filter.value, bar.text, moment)
      case .events(let filter?): bar.preview = passing(filter.value, bar.text, moment)
      default: break
      }
    }
  }

  /// Says that an event with an id of its own is in the log already.
  private static func known(
    _ emission: Emission, _ moment: MomentView
  ) -> [CommandBarModel.PreviewPart] {
    let stream = moment.stream(named: emission.stream.value)
    guard let id = emission.items.id?.value,
      let position = moment.log.position(of: id, in: stream.workspace)
    else { return [] }
    return [.init("is in the log already as \(position); nothing would be written")]
  }

  /// The last command of a line whose last word is left out.
  private static func beginning(of text: String, _ names: DomainNames) -> Instruction? {
    guard let blank = text.lastIndex(where: \.isWhitespace) else { return nil }
    return (try? Instruction.parse(String(text[..<blank]), names: names))?.last
  }

  /// `4 of 19 pass`, counted over the last events; empty when even one takes too long.
  private static func passing(
    _ filter: FilterExpression, _ text: String, _ moment: MomentView
  ) -> [CommandBarModel.PreviewPart] {
    // Folding is not done between two keys; Enter does it beside the screen.
    guard !filter.readsStates else { return [] }
    let count = moment.log.count
    let folds = StateFolds(moment)
    let cost = FilterCost.perByte(text)
    var (tried, passed, work) = (0, 0, 0)
    let most = moment.log.pagedCount > 0 ? mostReadEvents : mostEvents
    while tried < min(count, most),
      let facts = EventFacts(Position(count - tried), folds)
    {
      work += cost * facts.event.data.utf8.count
      guard work <= FilterCost.key else { break }
      tried += 1
      if filter.matches(facts) { passed += 1 }
    }
    guard tried > 0 || count == 0 else { return [] }
    let among = tried < count ? "the last \(tried) events" : "\(count)"
    return [CommandBarModel.PreviewPart("\(passed) of \(among) pass")]
  }
}

/// The command that a `do` would send, and what it lacks.
struct CommandPreview {
  let parts: [CommandBarModel.PreviewPart]

  /// Previews a command request.
  init(_ request: CommandRequest, _ moment: MomentView) {
    guard let command = moment.domain.command(request.command.value) else {
      parts = []
      return
    }
    let summary = command.summary.isEmpty ? command.type : command.summary
    var parts = [CommandBarModel.PreviewPart("\(summary) → \(command.stream)")]
    let data = request.items.dataSoFar
    for field in command.fields {
      let value = data[field.name]
      if value.isNull {
        parts.append(
          field.isRequired
            ? .init("  ✗ \(field.name) is missing", isProblem: true)
            : .init("  [\(field.name)\(field.standard.map { ", else \($0)" } ?? "")]"))
      } else if let kind = CommandPreview.kind(field.kind, lacking: value) {
        parts.append(.init("  ✗ \(field.name) must be \(kind)", isProblem: true))
      } else {
        parts.append(.init("  ✓ \(field.name)"))
      }
    }
    self.parts = parts
  }

  /// The expected kind of a value, when the value is of another kind.
  private static func kind(_ kind: CommandField.Kind, lacking value: JSON) -> String? {
    switch (kind, value) {
    case (.any, _), (.text, .string), (.number, .number), (.array, .array): nil
    case (.text, _): "a text: ="
    case (.number, _): "a number: :="
    case (.array, _): "an array: :=[…]"
    }
  }
}
