import EventicleCore

/// Lets long histories be read for the map beside the terminal's thread.
enum FlowUpdate {
  /// Asks for the next portion while the map is on the screen and lacks one.
  static func ask(_ model: inout Model) -> [Effect] {
    guard model.layout.panes[.map] != nil else { return [] }
    let moment = model.moment
    return model.panes[MapPane.self].askForMore(of: moment).map { [.learnFlow($0)] } ?? []
  }
}
