/// A pane as a unit: its state, its decisions and its drawing, in a folder of its own.
///
/// A pane knows the console by its ``PaneContext`` alone, asks for what lies outside of it by
/// ``PaneRequest``s, and uses no other pane. Drawing changes nothing and folds nothing.
protocol Pane: Sendable {
  associatedtype State: Sendable

  /// The state in which a console opens.
  static var initial: State { get }

  /// What a hint at the bottom offers, in this order.
  static func actions(_ state: State, _ context: PaneContext) -> [Action]

  /// What an action is called here; `nil` when it is called as everywhere.
  static func hint(of action: Action, _ state: State, _ context: PaneContext) -> String?

  /// How many rows of its list a pane shows in a space, its border left out.
  static func listRows(in inside: Size) -> Int

  /// Whether the pane can show a subject.
  static func shows(_ subject: PaneSubject) -> Bool

  /// Whether the pane shows subjects and has none, so that the next row decides.
  static func lacksSubject(_ state: State) -> Bool

  /// What has to be folded for the pane to be drawn whole.
  static func folds(_ state: State, _ context: PaneContext) -> [FoldRequest]

  /// Takes in what concerns the pane.
  ///
  /// - Returns: What it asks for; `nil` when the input means nothing to the pane.
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
}

/// What concerns a pane.
enum PaneInput: Hashable, Sendable {
  /// Something that a person does with a key.
  case action(Action)
  /// The selection, or the text, goes down by so many rows.
  case move(Int)
  /// A click in a row, counted from the top of the pane's inside.
  case click(Int)
  /// The size or the content may have changed: the selection comes on screen.
  case reveal
  /// A person wants to see something.
  case show(PaneSubject)
  /// The row selected in the tail is about something, which is worth showing.
  case follow(PaneSubject)
  /// Another row is selected in the tail.
  case row
  /// Time went by, and the pane keeps its subject.
  case moment
}
