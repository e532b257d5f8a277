import EventicleCore

/// Assembles the instructions of compiled patterns.
enum RegularProgram {
  /// A part repeated between `minimum` and `maximum` times; without limit for `nil`.
  static func copies(
    of item: [RegularPattern.Instruction], _ minimum: Int, _ maximum: Int?
  ) -> [RegularPattern.Instruction] {
    var program: [RegularPattern.Instruction] = []
    for _ in 0..<minimum { program += moved(item, by: program.count) }
    guard let maximum else {
      let start = program.count
      return program + [.split(start + 1, start + item.count + 2)]
        + moved(item, by: start + 1) + [.jump(start)]
    }
    let end = program.count + (maximum - minimum) * (item.count + 1)
    for _ in minimum..<maximum {
      program.append(.split(program.count + 1, end))
      program += moved(item, by: program.count)
    }
    return program
  }

  /// The same instructions at another place, with their targets moved along.
  static func moved(_ program: [RegularPattern.Instruction], by distance: Int) -> [RegularPattern
    .Instruction]
  {
    program.map { instruction in
      switch instruction {
      case .split(let one, let other): .split(one + distance, other + distance)
      case .jump(let target): .jump(target + distance)
      default: instruction
      }
    }
  }
}
