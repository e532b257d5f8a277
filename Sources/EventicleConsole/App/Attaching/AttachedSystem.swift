package import EventicleCore
package import EventicleWorkbench

/// A system that a console is attached to: its name, what it is, and where its events come from.
package struct AttachedSystem: Sendable {
  /// The name by which a person calls it: that of a context, else its address.
  package let name: String
  package let colour: RemoteNotice.Colour
  /// The kind of system, as the header shows it.
  package let transport: String
  package let source: any AttachSource
  /// The file in which its events are kept as they come; `nil` keeps none.
  package var file: String?

  package init(
    name: String, colour: RemoteNotice.Colour = .none, transport: String, source: any AttachSource
  ) {
    self.name = name
    self.colour = colour
    self.transport = transport
    self.source = source
  }

  var connecting: RemoteNotice {
    RemoteNotice(name: name, colour: colour, transport: transport, state: .connecting(nil))
  }
}
