/// The files that node loads, as they are in the program.
enum NodeShim {
  /// The name and the content of each file.
  static let files: [(name: String, content: [UInt8])] = []
}
