/** A wallet as an item names it: by its stored id (null where the text can be none) or by its account number. */
export type WalletName =
  | { readonly by: 'id'; readonly id: string | null; readonly field: string }
  | { readonly by: 'number'; readonly number: string; readonly field: string };

interface Terms {
  readonly amountMinor: bigint;
  readonly description: string;
  readonly reference: string;
  /** JSON text, stored and hashed as it is; null when absent. */
  readonly metadata: string | null;
}

/** One item of a batch, in the words of the domain. `field` is the field of the item that named the wallet. */
export type BatchItem = Terms &
  (
    | { readonly type: 'debit'; readonly wallet: WalletName; readonly serviceCode: string | null }
    | {
        readonly type: 'credit';
        readonly wallet: WalletName;
        readonly expiresAtMs: number | null;
        readonly priority: number;
      }
    | {
        readonly type: 'transfer';
        readonly source: WalletName;
        readonly destination: WalletName;
        /** When given it must be both wallets'. */
        readonly currency: string | null;
        readonly serviceCode: string | null;
      }
  );
