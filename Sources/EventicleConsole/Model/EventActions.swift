import EventicleCore
import EventicleWorkbench

/// The actions on the selected event.
enum EventActions {
  /// Performs an action on the selected event.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    guard let position = model.selectedPosition, let event = model.shown.log.event(at: position)
    else { return [] }
    switch action {
    case .editAsEvent:
      BarUpdate.open(.command, text: Emission.line(of: event), &model)
      return []
    case .reEmit: return [.run(Emission.line(of: event))]
    case .copy:
      model.message = StatusMessage("copied \(position) as JSON")
      return [.copy(String(decoding: event.json, as: UTF8.self))]
    case .copyCommand:
      model.message = StatusMessage("copied \(position) as an emit command")
      return [.copy(Emission.line(of: event))]
    case .diff:
      if model.focus != .event, model.focus != .tail,
        let effects = PaneUpdate.send(.action(.diff), to: model.focus, &model)
      {
        return effects
      }
      _ = PaneUpdate.send(.action(.diff), to: .event, &model)
      if model.focus != .tail { FocusUpdate.focus(.event, &model) }
      FocusUpdate.prefer(.event, &model)
      return []
    default: return []
    }
  }
}
