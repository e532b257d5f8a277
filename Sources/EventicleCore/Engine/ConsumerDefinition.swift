/// What the engine needs to know of one consumer, whatever its kind.
///
/// An object, because it is handed around for each delivery.
final class ConsumerDefinition: Sendable {
  let name: ConsumerName
  let group: GroupName
  let streams: [StreamName]
  /// The types of event that it handles; `nil` stands for every type.
  let types: Set<EventType>?
  let reactions: Reactions
  let options: ConsumerOptions
  /// How many places hot events have, for a saga that tells hot events from cold ones.
  let hotParallel: Int?

  init(
    name: ConsumerName, group: GroupName, streams: [StreamName], types: Set<EventType>?,
    reactions: Reactions, options: ConsumerOptions, hotParallel: Int? = nil
  ) {
    self.name = name
    self.group = group
    self.streams = streams
    self.types = types
    self.reactions = reactions
    self.options = options
    self.hotParallel = hotParallel
  }

  /// Whether the events of a stream are for it.
  func listens(to stream: StreamName) -> Bool {
    streams.contains { $0 == stream || ($0.isPattern && $0.covers(stream)) }
  }

  /// The same, offered also the events that upcasters turn into what it handles.
  func takingIn(_ upcasters: UpcasterChain) -> ConsumerDefinition {
    ConsumerDefinition(
      name: name, group: group, streams: streams,
      types: types.map { upcasters.origins(of: $0) }, reactions: reactions, options: options,
      hotParallel: hotParallel)
  }

  /// Whether it handles events of a type.
  func handles(_ type: EventType) -> Bool { types?.contains(type) ?? true }
}

extension StreamName {
  /// Whether this stands for several streams, because it has a `*` in it.
  public var isPattern: Bool { text.utf8.contains(0x2A) }

  /// Whether a stream's name fits this one, in which `*` stands for any characters.
  public func covers(_ stream: StreamName) -> Bool {
    let pattern = Array(text.utf8)
    let name = Array(stream.text.utf8)
    var (place, at) = (0, 0)
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == 0x2A {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == name[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == 0x2A { place += 1 }
    return place == pattern.count
  }
}
