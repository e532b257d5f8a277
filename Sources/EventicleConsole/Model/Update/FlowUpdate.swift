import EventicleCore

/// Lets what the map shows be read beside the terminal's thread.
enum FlowUpdate {
  /// Asks for what the open tab of the map lacks while it is on the screen.
  static func ask(_ model: inout Model) -> [Effect] {
    guard model.layout.panes[.map] != nil else { return [] }
    let moment = model.moment
    guard model.panes[MapPane.self].tab == .map else {
      return model.panes[MapPane.self].flow.ask(moment).map { [.readFlow($0)] } ?? []
    }
    return model.panes[MapPane.self].askForMore(of: moment).map { [.learnFlow($0)] } ?? []
  }
}
