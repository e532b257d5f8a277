/// What the engine needs to know of one consumer, whatever its kind.
///
/// An object, because it is handed around for each delivery.
final class ConsumerDefinition: Sendable {
  let name: ConsumerName
  let group: GroupName
  var streams: [StreamName] { choice.names }
  /// Which streams it means by naming them.
  let choice: StreamChoice
  /// The types of event that it handles; `nil` stands for every type.
  let types: Set<EventType>?
  let reactions: Reactions
  let options: ConsumerOptions
  /// How many places hot events have, for a saga that tells hot events from cold ones.
  let hotParallel: Int?

  init(
    name: ConsumerName, group: GroupName, streams choice: StreamChoice, types: Set<EventType>?,
    reactions: Reactions, options: ConsumerOptions, hotParallel: Int? = nil
  ) {
    self.name = name
    self.group = group
    self.choice = choice
    self.types = types
    self.reactions = reactions
    self.options = options
    self.hotParallel = hotParallel
  }

  /// Whether the events of a stream are for it.
  func listens(to stream: StreamName) -> Bool {
    choice.means(stream)
  }

  /// The same, offered also the events that upcasters turn into what it handles.
  func takingIn(_ upcasters: UpcasterChain) -> ConsumerDefinition {
    ConsumerDefinition(
      name: name, group: group, streams: choice,
      types: types.map { upcasters.origins(of: $0) }, reactions: reactions, options: options,
      hotParallel: hotParallel)
  }

  /// Whether it handles events of a type.
  func handles(_ type: EventType) -> Bool { types?.contains(type) ?? true }
}
