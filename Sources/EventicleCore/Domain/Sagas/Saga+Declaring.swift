extension Saga {
  /// The key of an event as a value to match by: the id of what it is about.
  public static let eventKey: Value = { .string($0.key) }

  /// Says once for all events which instance they are for: the one whose property has the value
  /// taken from the event.
  ///
  /// Each value has one live instance: a start writes the value into the property, and starts
  /// nothing while a live instance has it. An event without a value is for nobody. Where a handler
  /// says for itself what it matches by, that counts.
  ///
  /// - Parameter value: Taken from the event; its key when absent.
  public func keyed(by property: String, value: @escaping Value = Saga.eventKey) -> Saga {
    changing { $0.key = Match(property: property, value: value) }
  }

  /// Starts an instance when an event happens.
  ///
  /// - Parameters:
  ///   - condition: Whether this event starts one; always when absent.
  ///   - property: No second instance is started while a live one has the value in this property;
  ///     the start writes it there.
  ///   - value: The value, taken from the event; its key when absent. Without `unlessLive` it is an
  ///     error of the domain.
  ///   - lock: What the step holds locked; while a lease holds it the start waits for its end.
  public func startOn(
    _ type: EventType, when condition: @escaping @Sendable (Event) -> Bool = { _ in true },
    unlessLive property: String? = nil, value: Value? = nil, lock: LockName? = nil,
    do step: @escaping EventStep
  ) -> Saga {
    changing { saga in
      if saga.starts.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "startOn", type))
      }
      if property == nil, value != nil {
        saga.declared.append(.startWithHalfMatch(saga: name, type))
      }
      let unless = property.map { Match(property: $0, value: value ?? Saga.eventKey) }
      saga.starts[type] = Start(condition: condition, unless: unless, lock: lock, step: step)
    }
  }

  /// Takes a step of the instances whose property has a value that comes from the event.
  ///
  /// - Parameters:
  ///   - value: Taken from the event; its key when absent.
  ///   - lock: What the step holds locked; while a lease holds it the step waits for its end, and so
  ///     does what comes later for the instance.
  public func on(
    _ type: EventType, matching property: String, value: @escaping Value = Saga.eventKey,
    lock: LockName? = nil, do step: @escaping EventStep
  ) -> Saga {
    handling(type, On(match: Match(property: property, value: value), lock: lock, step: step))
  }

  /// Takes a step of the instance that the event's key says; see ``keyed(by:value:)``.
  public func on(
    _ type: EventType, lock: LockName? = nil, do step: @escaping EventStep
  ) -> Saga {
    handling(type, On(match: nil, lock: lock, step: step))
  }

  /// Handles every event of a type by itself, without any instance.
  public func onEvery(_ type: EventType, do handler: @escaping EventHandler) -> Saga {
    changing { saga in
      if saga.stateless.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "onEvery", type))
      }
      saga.stateless[type] = handler
    }
  }

  /// Takes a step when a timer of an instance fires.
  public func onTimer(_ timer: String, do step: @escaping TimerStep) -> Saga {
    changing { saga in
      if saga.timers[timer] != nil {
        saga.declared.append(.doubleTimer(saga: saga.name, timer: timer))
      }
      saga.timers[timer] = step
      saga.timerList.append(timer)
    }
  }

  /// Does something when a step failed; what becomes of the step is up to the policy.
  ///
  /// If it fails as well, the journal says so and nothing of it stays.
  public func onError(do step: @escaping ErrorStep) -> Saga {
    changing { $0.errorStep = step }
  }

  /// Takes its events in a way of its own: what happens to a step that fails, how many instances
  /// may be at work at once, 50 when nothing is said, and whether an instance waits while a step
  /// of its is parked.
  public func taking(_ options: ConsumerOptions) -> Saga {
    changing { $0.options = options }
  }

  /// Lets hot events go by a lane of their own, with places of its own, so that they need not wait
  /// for cold ones.
  ///
  /// The predicate is asked once for an event, and what it said goes along with it. An event for
  /// which it fails is cold. Events of one instance keep their order whatever their lanes are.
  ///
  /// - Parameter parallel: How many instances may be at work at once with hot events; as many as
  ///   with cold ones when absent.
  public func withHotPredicate(
    parallel: Int? = nil, _ isHot: @escaping HotPredicate
  ) -> Saga {
    changing { saga in
      saga.isHot = isHot
      saga.hotParallel = max(1, parallel ?? saga.options.parallel)
    }
  }

  /// Gives the data of its instances a version, 1 when nothing is said.
  ///
  /// Instances of an older version are taken over when an engine resumes with this definition, or
  /// else before their next step; one that cannot be taken over keeps its data, and its step fails
  /// with the reason.
  ///
  /// - Parameter number: 1 or more; a domain with a lower one is refused.
  public func version(_ number: Int, migrate: @escaping Migration) -> Saga {
    changing { saga in
      if number < 1 { saga.declared.append(.versionTooLow(saga: name, version: number)) }
      saga.version = number
      saga.migration = migrate
    }
  }

  /// Limits how long a step may take on the world's clock; a step that takes longer has failed.
  public func limitingSteps(to interval: Interval) -> Saga {
    changing { $0.stepLimit = interval }
  }

  private func handling(_ type: EventType, _ handler: On) -> Saga {
    changing { saga in
      if saga.handlers.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "on", type))
      }
      saga.handlers[type] = handler
    }
  }
}
