// The aggregates of the bank, and the rules of money.
import { AggregateRoot, aggregates, dataStore, type EventicleEvent } from "@eventicle/eventiclejs";

interface Moved {
  amount: number;
  transferId?: string;
}

/** An account with a balance, which can be frozen. */
export class Account extends AggregateRoot {
  owner?: string;
  currency?: string;
  balance = 0;
  status: "new" | "active" | "frozen" = "new";

  constructor() {
    super("Account");
    this.reducers = {
      AccountOpened: ({ domainId, data }: EventicleEvent<{ owner: string; currency: string }>) => {
        Object.assign(this, { id: domainId, ...data, status: "active" });
      },
      MoneyDeposited: ({ data }: EventicleEvent<Moved>) => {
        this.balance = inCents(this.balance + data.amount);
      },
      MoneyWithdrawn: ({ data }: EventicleEvent<Moved>) => {
        this.balance = inCents(this.balance - data.amount);
      },
      AccountFrozen: () => {
        this.status = "frozen";
      },
      AccountUnfrozen: () => {
        this.status = "active";
      },
    };
  }
}

/** A transfer of money from one account to another. */
export class Transfer extends AggregateRoot {
  from?: string;
  to?: string;
  amount = 0;
  status: "new" | "requested" | "completed" | "failed" = "new";
  reason?: string;

  constructor() {
    super("Transfer");
    this.reducers = {
      TransferRequested: ({ domainId, data }: EventicleEvent<{ from: string; to: string; amount: number }>) => {
        Object.assign(this, { id: domainId, ...data, status: "requested" });
      },
      TransferCompleted: () => {
        this.status = "completed";
      },
      TransferFailed: ({ data }: EventicleEvent<{ reason: string }>) => {
        Object.assign(this, { status: "failed", reason: data.reason });
      },
    };
  }
}

/** The next id of a series: acc-1, acc-2 and so on. */
export async function nextID(prefix: string): Promise<string> {
  const counter = (await dataStore().getEntity("system", "counter", prefix))
    ?? { id: prefix, type: "counter", content: { last: 0 }, createdAt: new Date() };
  counter.content.last += 1;
  await dataStore().saveEntity("system", "counter", counter);
  return `${prefix}-${counter.content.last}`;
}

/** An amount in whole cents, a half of one rounded up; 0 for what is no number. */
export function inCents(amount: number): number {
  const number = Number(amount) || 0;
  // 1.005 * 100 is less than 100.5, while the text 1.005e2 is not.
  const cents = Math.round(Number(`${number}e2`));
  return Number.isInteger(cents) ? cents / 100 : number;
}

/** An amount in whole cents, which must be greater than zero. */
export function positive(amount: number, noun: string): number {
  const cents = inCents(amount);
  if (!(cents > 0)) throw new Error(`The amount of a ${noun} must be more than 0, but it is ${cents}.`);
  return cents;
}

/** The account with an id, which must be in one of these states. */
export async function account(id: string, accepted?: string, participle?: string): Promise<Account> {
  const found = await aggregates.load(Account, id);
  if (!found) throw new Error(`There is no account ${id}; OpenAccount makes one and answers with its id.`);
  if (accepted && found.status !== accepted) {
    throw new Error(`${id} is ${found.status}; only an account that is ${accepted} can be ${participle}.`);
  }
  return found;
}
