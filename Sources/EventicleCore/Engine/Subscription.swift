/// A subscription of a program that uses the library, beside the domain's own consumers.
struct Subscription: Sendable {
  let number: ConsumerNumber
  let definition: ConsumerDefinition
}
