import EventicleCore
import EventicleWorkbench

/// What can be done with the selected event.
enum EventActions {
  /// Does one action of events.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    guard let position = model.selectedPosition, let event = model.shown.log.event(at: position)
    else { return [] }
    switch action {
    case .editAsEvent:
      BarUpdate.open(.command, text: emitLine(event), &model)
      return []
    case .reEmit: return [.run(emitLine(event))]
    case .copy:
      model.message = StatusMessage("copied \(position) as JSON")
      return [.copy(String(decoding: event.json, as: UTF8.self))]
    case .copyCommand:
      model.message = StatusMessage("copied \(position) as an emit command")
      return [.copy(emitLine(event))]
    case .diff:
      if model.focus == .saga {
        model.saga.showsWholeState.toggle()
      } else {
        model.inspect.tab = .diff
        model.inspect.scroll = 0
        if model.focus != .tail { FocusUpdate.focus(.inspect, &model) }
        model.companion = .inspect
      }
      return []
    default: return []
    }
  }

  /// The command line that emits the same event again.
  static func emitLine(_ event: Event) -> String {
    var words = ["emit", Quoting.word(event.stream.text), Quoting.word(event.type.text)]
    if let id = event.domainID { words.append(Quoting.word(id.text)) }
    for member in event.data.value.object?.members ?? [] {
      let path = ItemPath([.member(member.key)]).description
      if case .string(let text) = member.value {
        words.append("\(path)=\(Quoting.word(text))")
      } else {
        words.append("\(path):=\(member.value)")
      }
    }
    return words.joined(separator: " ")
  }
}
