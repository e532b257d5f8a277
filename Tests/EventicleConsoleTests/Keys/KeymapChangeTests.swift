import Testing

@testable import EventicleConsole

/// Keys that a person sets for actions.
@Suite struct KeymapChangeTests {
  private static func changed(
    _ changes: (Action, [String])...
  ) -> (keymap: Keymap, conflicts: [String]) {
    Keymap.standard.changed(
      by: changes.map { Keymap.Change(action: $0.0, notations: $0.1, place: "c.yaml, line 1") })
  }

  private static func action(_ keymap: Keymap, _ notation: String) -> Keymap.Match {
    keymap.match(KeyPress.sequence(notation) ?? [])
  }

  @Test func `without changes everything is as it was`() {
    #expect(Self.changed().keymap == Keymap.standard)
  }

  @Test func `an action has the keys that were set, and no others`() {
    let (keymap, conflicts) = Self.changed((.live, ["<C-r>", "M"]))
    #expect(conflicts.isEmpty)
    #expect(Self.action(keymap, "<C-r>") == .action(.live))
    #expect(Self.action(keymap, "M") == .action(.live))
    #expect(Self.action(keymap, "L") == .nothing)
    #expect(keymap.label(of: .live) == "Ctrl-R")
  }

  @Test func `a key that an action had goes to the one it was set for, and that is said`() {
    let (keymap, conflicts) = Self.changed((.palette, ["t"]))
    #expect(Self.action(keymap, "t") == .action(.palette))
    #expect(conflicts.count == 1 && conflicts[0].contains("t was the only key of time.fire"))
  }

  @Test func `two actions with one key are told apart by the first`() {
    let (keymap, conflicts) = Self.changed((.live, ["X"]), (.fork, ["X"]))
    #expect(Self.action(keymap, "X") == .action(.live))
    #expect(conflicts.contains { $0.contains("X is the key of time.live already") })
  }

  @Test func `keys that begin those of another action are left out`() {
    let (keymap, conflicts) = Self.changed((.live, ["g"]))
    #expect(Self.action(keymap, "g") == .prefix)
    #expect(conflicts.contains { $0.contains("g begins") })
  }

  @Test func `nobody is locked in`() {
    let (keymap, conflicts) = Self.changed((.cancel, []), (.live, ["<Esc>"]), (.interrupt, ["x"]))
    #expect(conflicts.contains { $0.contains("cancel needs a key") })
    #expect(keymap.bindings.contains { $0.action == .cancel })
    #expect(Self.action(keymap, "x") == .action(.interrupt))
  }
}
