extension Transaction {
  /// Loads the aggregate that a command is about by an id from the command's arguments.
  ///
  ///     var order = try transaction.existing(order, data["orderId"])
  ///
  /// - Complexity: As ``load(_:_:at:in:)``.
  ///
  /// - Throws: ``Rejection`` when the id is no text, or when the aggregate has no events.
  public func existing(_ root: AggregateRoot, _ id: JSON) throws -> AggregateInstance {
    guard let text = id.string else {
      throw Rejection(
        "The id of \(root.type) must be a text, but it is \(id.kindName); write \(root.idPrefix)-1."
      )
    }
    guard let found = load(root, DomainID(text)) else {
      throw Rejection("There is no \(root.type) with the id \(text); look for it by another one.")
    }
    return found
  }
}
