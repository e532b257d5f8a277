/// The prompts, by the sign in front of them.
enum PromptKind: String, CaseIterable, Hashable, Sendable {
  case command = ":"
  case search = "/"
  case goto = "@"
}
