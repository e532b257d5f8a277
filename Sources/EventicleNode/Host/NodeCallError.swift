/// Why a call of the code is refused.
struct NodeCallError: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) { description = sentence }
}
