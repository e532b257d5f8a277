/// The state of each pane except the tail.
struct PaneStates: Sendable {
  private var states: [ObjectIdentifier: any Sendable] = [:]

  /// The state of a pane; its initial state until it changes.
  subscript<P: Pane>(pane: P.Type) -> P.State {
    get { states[ObjectIdentifier(pane)] as? P.State ?? P.initial }
    set { states[ObjectIdentifier(pane)] = newValue }
  }
}
