import EventicleCore

extension Instruction {
  /// The instruction with the content of the files that it names.
  ///
  /// - Throws: ``LanguageError`` at a file that cannot be used.
  func reading(_ files: FileReader) throws(LanguageError) -> Instruction {
    try mappingItems { items throws(LanguageError) in try items.reading(files) }
  }

  /// The instruction with its fields changed, if it has any.
  func mappingItems(
    _ change: (Items) throws(LanguageError) -> Items
  ) throws(LanguageError) -> Instruction {
    switch self {
    case .emit(let emission): .emit(emission.with(try change(emission.items)))
    case .dispatch(let request): .dispatch(request.with(try change(request.items)))
    case .schedule(let scheduling): .schedule(scheduling.with(try change(scheduling.items)))
    case .correctSaga(let saga, let items, let reason):
      .correctSaga(saga, try change(items), reason: reason)
    case .redrive(let number, let items): .redrive(number, try change(items))
    case .edit(let number, let items): .edit(number, try change(items))
    case .revise(.change(let event, let items)): .revise(.change(event, try change(items)))
    case .revise(.insert(let emission, let after)):
      .revise(.insert(emission.with(try change(emission.items)), after: after))
    default: self
    }
  }
}
