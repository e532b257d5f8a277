/// A subscription made at run time, beside the domain's declared consumers.
struct Subscription: Sendable {
  let number: ConsumerNumber
  let definition: ConsumerDefinition
}
