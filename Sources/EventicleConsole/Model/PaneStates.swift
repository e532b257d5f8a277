/// The state of each pane, beside that of the tail.
struct PaneStates: Sendable {
  private var states: [ObjectIdentifier: any Sendable] = [:]

  /// The state of a pane; the one in which a console opens until it changes.
  subscript<P: Pane>(pane: P.Type) -> P.State {
    get { states[ObjectIdentifier(pane)] as? P.State ?? P.initial }
    set { states[ObjectIdentifier(pane)] = newValue }
  }
}
