/// What the engine knows about one consumer, whatever its kind.
///
/// A class, because it is passed along for each delivery.
final class ConsumerDefinition: Sendable {
  let name: ConsumerName
  let group: GroupName
  var streams: [StreamName] { choice.names }
  /// The streams that its declared names stand for.
  let choice: StreamChoice
  /// The event types that it handles; `nil` for every type.
  let types: Set<EventType>?
  let reactions: Reactions
  let options: ConsumerOptions
  /// Whether a delivery to it is nothing but a call of its handler, unless that fails.
  let isPlain: Bool
  /// How many keys may handle hot events at once, for a saga that separates hot events from cold
  /// ones.
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
    isPlain = name.kind != .saga && reactions.worker == nil && !options.isIdempotent
  }

  /// Whether it consumes the events of a stream.
  func listens(to stream: StreamName) -> Bool {
    choice.means(stream)
  }

  /// A copy that is also offered the event types that upcasters turn into those it handles.
  func takingIn(_ upcasters: UpcasterChain) -> ConsumerDefinition {
    ConsumerDefinition(
      name: name, group: group, streams: choice,
      types: types.map { upcasters.origins(of: $0) }, reactions: reactions, options: options,
      hotParallel: hotParallel)
  }

  /// A copy whose handlers are called by an executor.
  func called(by executor: any HandlerExecutor) -> ConsumerDefinition {
    ConsumerDefinition(
      name: name, group: group, streams: choice, types: types,
      reactions: reactions.called(by: executor, of: name), options: options,
      hotParallel: hotParallel)
  }

  /// Whether it handles events of this type.
  func handles(_ type: EventType) -> Bool { types?.contains(type) ?? true }
}
