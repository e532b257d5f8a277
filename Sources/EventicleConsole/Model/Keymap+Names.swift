import EventicleWorkbench

extension Keymap {
  /// The keys that a session's messages name.
  var names: KeyNames {
    var names = KeyNames()
    names.deliver = name(of: .stepDelivery) ?? names.deliver
    names.fire = name(of: .fire) ?? names.fire
    names.command = name(of: .command) ?? names.command
    return names
  }

  private func name(of action: Action) -> String? {
    notations(of: action).first.map { Keymap.label(of: $0) }
  }
}
