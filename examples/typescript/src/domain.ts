// A bank: accounts, and money that goes from one to another or comes back. node 22.18 and newer opens it
// as it is, older ones with tsx: npm install, then eventicle --domain examples/typescript
import { aggregates, registerCommand, setEventSourceName, type CommandReturn } from "@eventicle/eventiclejs";
import { Account, Transfer, account, nextID, positive } from "./aggregates.ts";
import "./views.ts";
import "./transfer-saga.ts";

setEventSourceName("bank");

interface Movement {
  accountId: string;
  amount: number;
  transferId?: string;
}

function command<Data, Reply = unknown>(
  type: string, streamToEmit: string, execute: (data: Data) => Promise<CommandReturn<Reply>>,
): void {
  registerCommand<Data, Reply>({ type, streamToEmit, execute });
}

async function change(one: Account, type: string, data: object = {}): Promise<CommandReturn<never>> {
  one.raiseEvent({ type, data });
  return { events: await aggregates.persist(one) };
}

command<{ owner: string; currency?: string }>("OpenAccount", "accounts", async ({ owner, currency = "GBP" }) => {
  if (!owner) throw new Error("An account needs an owner, but the owner is empty; add owner=Ada.");
  const opened = new Account();
  opened.raiseEvent({ type: "AccountOpened", domainId: await nextID("acc"), data: { owner, currency } });
  return { response: { accountId: opened.id }, events: await aggregates.persist(opened) };
});

command<Movement>("Deposit", "accounts", async ({ accountId, amount, transferId }) => {
  const cents = positive(amount, "deposit");
  return change(await account(accountId, "active", "paid into"), "MoneyDeposited", { amount: cents, transferId });
});

command<Movement>("Withdraw", "accounts", async ({ accountId, amount, transferId }) => {
  const cents = positive(amount, "withdrawal");
  const from = await account(accountId, "active", "drawn on");
  if (from.balance < cents) {
    throw new Error(`${accountId} has ${from.balance.toFixed(2)}, which is less than ${cents.toFixed(2)}.`);
  }
  return change(from, "MoneyWithdrawn", { amount: cents, transferId });
});

command<{ accountId: string; reason: string }>("Freeze", "accounts", async ({ accountId, reason }) =>
  change(await account(accountId, "active", "frozen"), "AccountFrozen", { reason }));

command<{ accountId: string }>("Unfreeze", "accounts", async ({ accountId }) =>
  change(await account(accountId, "frozen", "unfrozen"), "AccountUnfrozen"));

command<{ from: string; to: string; amount: number }>("RequestTransfer", "transfers", async ({ from, to, amount }) => {
  const cents = positive(amount, "transfer");
  for (const id of [from, to]) await account(id);
  const transfer = new Transfer();
  transfer.raiseEvent({ type: "TransferRequested", domainId: await nextID("tr"), data: { from, to, amount: cents } });
  return { response: { transferId: transfer.id }, events: await aggregates.persist(transfer) };
});
