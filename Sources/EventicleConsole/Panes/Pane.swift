/// A pane: its state, its decisions and its drawing, kept together in one folder.
///
/// A pane knows the console only through its ``PaneContext``, requests everything outside of itself
/// by ``PaneRequest``s, and uses no other pane. Drawing changes nothing and folds nothing.
protocol Pane: Sendable {
  associatedtype State: Sendable

  /// The state in a newly opened console.
  static var initial: State { get }

  /// The actions offered in the footer, in this order.
  static func actions(_ state: State, _ context: PaneContext) -> [Action]

  /// A name for the action that is specific to the pane; `nil` for its usual name.
  static func hint(of action: Action, _ state: State, _ context: PaneContext) -> String?

  /// The number of list rows that fit into a size, without the border.
  static func listRows(in inside: Size) -> Int

  /// Whether the pane can show a subject.
  static func shows(_ subject: PaneSubject) -> Bool

  /// Whether the pane shows subjects but has none, so that it takes that of the next row.
  static func lacksSubject(_ state: State) -> Bool

  /// The folds needed to draw the pane completely.
  static func folds(_ state: State, _ context: PaneContext) -> [FoldRequest]

  /// The rows that `/` looks through; for a pane without a list the reason why it cannot.
  static func findable(_ state: State, _ context: PaneContext) -> FindableRows

  /// Handles an input.
  ///
  /// - Returns: The pane's requests; `nil` when the pane does not handle the input.
  static func update(
    _ input: PaneInput, _ state: inout State, _ context: PaneContext
  ) -> [PaneRequest]?

  /// Draws the pane with its border.
  static func draw(
    _ state: State, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter)
}

extension Pane {
  static func hint(of action: Action, _ state: State, _ context: PaneContext) -> String? { nil }
  static func listRows(in inside: Size) -> Int { inside.rows }
  static func shows(_ subject: PaneSubject) -> Bool { false }
  static func lacksSubject(_ state: State) -> Bool { false }
  static func folds(_ state: State, _ context: PaneContext) -> [FoldRequest] { [] }
  static func findable(_ state: State, _ context: PaneContext) -> FindableRows {
    FindableRows(nothing: "There is nothing to look through here.")
  }
}

/// An input to a pane.
enum PaneInput: Hashable, Sendable {
  /// An action of the user.
  case action(Action)
  /// Move the selection or the text down by this many rows.
  case move(Int)
  /// A click in a row, counted from the top of the pane's inside.
  case click(Int)
  /// Select one of the rows that `/` looks through.
  case select(Int)
  /// The size or the content may have changed: make the selection visible.
  case reveal
  /// The user wants to see a subject.
  case show(PaneSubject)
  /// The row selected in the tail has a subject worth showing.
  case follow(PaneSubject)
  /// The tail has selected another row.
  case row
  /// Time has moved, and the pane keeps its subject.
  case moment
}
