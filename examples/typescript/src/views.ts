// A row per account, and a row per transfer with its outcome.
import { dataStore, registerView, type EventicleEvent } from "@eventicle/eventiclejs";
import { inCents } from "./aggregates.ts";

type Row = Record<string, unknown> & { balance: number };
type Rows = Record<string, (row: Row, data: any) => void>;

const balances: Rows = {
  AccountOpened: (row, { owner, currency }) => Object.assign(row, { owner, currency, balance: 0, status: "active" }),
  MoneyDeposited: (row, { amount }) => Object.assign(row, { balance: inCents(row.balance + amount) }),
  MoneyWithdrawn: (row, { amount }) => Object.assign(row, { balance: inCents(row.balance - amount) }),
  AccountFrozen: (row) => Object.assign(row, { status: "frozen" }),
  AccountUnfrozen: (row) => Object.assign(row, { status: "active" }),
};

const ledger: Rows = {
  TransferRequested: (row, { from, to, amount }) => Object.assign(row, { from, to, amount, outcome: "requested" }),
  TransferCompleted: (row) => Object.assign(row, { outcome: "completed" }),
  TransferFailed: (row, { reason }) => Object.assign(row, { outcome: "failed", reason }),
};

function view(name: string, stream: string, rows: Rows): void {
  registerView({
    consumerGroup: name,
    streamsToSubscribe: [stream],
    async handleEvent({ type, domainId, data }: EventicleEvent) {
      if (!rows[type] || !domainId) return;
      const row = (await dataStore().getEntity("system", name, domainId))
        ?? { id: domainId, type: name, content: {}, createdAt: new Date() };
      rows[type](row.content, data);
      await dataStore().saveEntity("system", name, row);
    },
  });
}

view("Balances", "accounts", balances);
view("Ledger", "transfers", ledger);
