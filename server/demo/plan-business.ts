import type { FailureCode } from '@/contracts/channels';
import type { Act, Ending, ImportRow, StatementRow } from './acts';
import type { Business, Job, Network } from './businesses';
import type { Draws } from './random';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Whole days before the day of the start; the story’s last day is that day itself. */
export const DAYS = 30;
const YESTERDAY = DAYS - 1;
/** From here on people’s larger acts need a second person. */
const POLICY_DAY = 24;
const WEBHOOKS_DAY = 22;
const OPENING_MINUTE = 7 * 60;
const OPEN_MINUTES = 12 * 60;

/** A customer as the story keeps track of them: enough that nobody spends what they do not have. */
interface Holder {
  readonly customer: string;
  readonly name: string;
  readonly phone: string;
  readonly network: Network;
  readonly openedAtMs: number;
  /** How much they use the wallet. */
  readonly weight: number;
  /** Paid money, a little understated: promotional credit is spent before it. */
  paid: number;
  /** What is under way may not be counted on before. */
  freeAtMs: number;
  isClosed: boolean;
  isFrozen: boolean;
}

interface Paid {
  readonly holder: Holder;
  readonly reference: string;
  readonly minor: number;
  readonly receipt: string;
  readonly atMs: number;
}

interface Spent {
  readonly holder: Holder;
  readonly reference: string;
  readonly minor: number;
  readonly atMs: number;
}

interface OpenHold {
  readonly holder: Holder;
  readonly reference: string;
  readonly minor: number;
}

type Slot = 'top_up' | 'debit' | 'hold' | 'transfer' | 'collection';

/** Refusals of payers, by how often they come. */
const REFUSALS: readonly { readonly code: FailureCode; readonly weight: number; readonly seconds: number }[] = [
  { code: 'insufficient_funds', weight: 52, seconds: 24 },
  { code: 'expired', weight: 26, seconds: 305 },
  { code: 'wrong_pin', weight: 10, seconds: 41 },
  { code: 'cancelled', weight: 9, seconds: 18 },
  { code: 'limit_reached', weight: 3, seconds: 20 },
];

/** Of one act: what is left are its moment, its author and its name. */
type Told<A = Act> = A extends Act ? Omit<A, 'atMs' | 'key' | 'business' | 'by'> : never;

/**
 * A believable month of one business, act by act: pure, the same for the same draws. Amounts, parties and ends are decided
 * here; whoever carries it out decides nothing.
 * @param firstDayMs midnight UTC of the first of its days
 */
export function planBusiness(business: Business, draws: Draws, firstDayMs: number): Act[] {
  return new Month(business, draws, firstDayMs).tell();
}

class Month {
  readonly #acts: Act[] = [];
  readonly #holders: Holder[] = [];
  readonly #paid: Paid[] = [];
  readonly #spent: Spent[] = [];
  readonly #holds: OpenHold[] = [];
  /** What happens between slots, by its time. */
  readonly #later: { readonly atMs: number; readonly run: (atMs: number) => void }[] = [];
  readonly #desk: string;
  readonly #till: string;
  readonly #admin: string;
  readonly #finance: string;
  #number = 0;

  constructor(
    private readonly business: Business,
    private readonly draws: Draws,
    private readonly firstDayMs: number,
  ) {
    this.#desk = `${business.id}:desk`;
    this.#till = `${business.id}:till`;
    this.#admin = `${business.id}:admin`;
    this.#finance = `${business.id}:finance`;
  }

  tell(): Act[] {
    this.#setUp();
    this.#openWallets();
    this.#specials();
    const slots = this.#slots();
    this.#later.sort((a, b) => a.atMs - b.atMs);
    for (const { atMs, slot } of slots) {
      this.#runLater(atMs);
      this.#tellSlot(slot, atMs);
    }
    this.#runLater(Number.POSITIVE_INFINITY);
    return this.#acts;
  }

  /** Local time of the business. */
  #at(day: number, hour: number, minute = 0, second = 0): number {
    const local = (hour - this.business.zoneHours) * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
    return this.firstDayMs + day * DAY_MS + local + this.draws.whole(0, 999);
  }

  #act(atMs: number, by: string, told: Told): void {
    this.#number += 1;
    const key = `${this.business.id}:${this.#number}`;
    this.#acts.push({ ...told, atMs, key, business: this.business.id, by } as Act);
  }

  #onDay(day: number, hour: number, minute: number, run: (atMs: number) => void): void {
    this.#later.push({ atMs: this.#at(day, hour, minute, this.draws.whole(0, 59)), run });
  }

  #soon(atMs: number, run: (atMs: number) => void): void {
    const place = this.#later.findIndex((one) => one.atMs > atMs);
    this.#later.splice(place === -1 ? this.#later.length : place, 0, { atMs, run });
  }

  #runLater(untilMs: number): void {
    while ((this.#later[0]?.atMs ?? Number.POSITIVE_INFINITY) <= untilMs) {
      const next = this.#later.shift();
      if (next === undefined) return;
      next.run(next.atMs);
    }
  }

  #setUp(): void {
    const { business } = this;
    const { people, keys, work, collecting, loyalty, weekend, currency } = business;
    const at = (minute: number): number => this.#at(0, 8, minute);
    const email = (who: string): string => `${who}@${business.domain}`;
    this.#act(at(2), 'operator', {
      kind: 'user',
      email: email('admin'),
      name: people.admin,
      role: 'admin',
      of: 'client',
    });
    this.#act(at(3), this.#admin, {
      kind: 'user',
      email: email('finance'),
      name: people.finance,
      role: 'finance',
      of: 'client',
    });
    this.#act(at(5), this.#admin, {
      kind: 'api_key',
      name: keys.desk,
      scopes: [
        'customers:read',
        'customers:write',
        'wallets:read',
        'wallets:write',
        'wallets:status',
        'transactions:read',
        'payments:read',
        'payments:write',
        'checkout:read',
        'mobilemoney-receive-direct',
      ],
    });
    this.#act(at(6), this.#admin, {
      kind: 'api_key',
      name: keys.till,
      scopes: ['wallets:read', 'wallets:write', 'transactions:read', 'transactions:write'],
    });
    this.#act(at(10), 'efua', {
      kind: 'service',
      name: work.name,
      serviceCode: work.serviceCode,
      currency,
      terms: work.terms,
    });
    this.#act(at(12), 'efua', {
      kind: 'service',
      name: collecting.name,
      serviceCode: collecting.serviceCode,
      currency,
      terms: collecting.terms,
    });
    this.#act(at(15), this.#admin, { kind: 'collection_policy', service: collecting.name });
    this.#act(at(16), this.#admin, { kind: 'checkout_settings', name: business.name, supportPhone: business.phone });
    for (const [index, { code, name, minor }] of [loyalty, weekend].entries()) {
      this.#act(at(20 + index), this.#finance, {
        kind: 'promotion',
        code,
        name,
        currency,
        amountMinor: BigInt(minor),
        expiresAtMs: null,
        budgetMinor: null,
      });
    }
  }

  #openWallets(): void {
    const { business, draws } = this;
    for (let index = 0; index < business.customers; index++) {
      const isOld = index < business.customers * 0.7;
      const atMs = isOld
        ? this.#at(0, 9, 0) + index * 31 * SECOND_MS
        : this.#at(draws.whole(1, 26), draws.whole(8, 17), draws.whole(0, 59));
      this.#openWallet(index, atMs);
    }
  }

  #openWallet(index: number, atMs: number): void {
    const { business, draws } = this;
    const network = draws.weighted(business.networks);
    const prefix = draws.one(network.prefixes);
    const name = `${draws.one(business.firstNames)} ${draws.one(business.lastNames)}`;
    const customer = `${business.customerPrefix}${20_001 + index * 3}`;
    // Nine digits; the last three are the customer's own.
    const middle = String(draws.whole(0, 999_999))
      .padStart(6, '0')
      .slice(0, 6 - prefix.length);
    const national = `${prefix}${middle}${String(index).padStart(3, '0')}`;
    const phone = `+${business.dialling}${national}`;
    const holder: Holder = {
      customer,
      name,
      phone,
      network,
      openedAtMs: atMs,
      weight: 0.3 + draws.fraction() ** 2 * 2.2,
      paid: 0,
      freeAtMs: atMs + 5 * SECOND_MS,
      isClosed: false,
      isFrozen: false,
    };
    this.#holders.push(holder);
    const email = draws.chance(0.35) ? `${name.toLowerCase().replace(/[^a-z]+/g, '.')}${index}@example.com` : null;
    const metadata = {
      vehicle: draws.one(business.vehicles),
      plate: business.plateOf(index + 11),
      ...(draws.chance(0.12) && { fleet: 'yes' }),
    };
    this.#act(atMs, this.#desk, { kind: 'customer', customer, name, email, phone, metadata });
    this.#act(atMs + 1_400, this.#desk, { kind: 'wallet', customer, currency: business.currency });
    if (draws.chance(0.1))
      this.#act(atMs + 2_900, this.#desk, {
        kind: 'low_balance',
        customer,
        amountMinor: BigInt(business.topUps[0]?.minor ?? 1_000),
      });
    // Most who open a wallet pay something in.
    if (draws.chance(0.3)) return;
    const paysAtMs = atMs + draws.whole(3, 90) * MINUTE_MS;
    this.#soon(paysAtMs, (nowMs) => this.#topUp(holder, nowMs));
  }

  /** When who does the ordinary things, over the whole month. */
  #slots(): { readonly atMs: number; readonly slot: Slot }[] {
    const { business, draws } = this;
    const slots: { atMs: number; slot: Slot }[] = [];
    for (let day = 0; day <= DAYS; day++) {
      const weight = this.#weightOf(day);
      const add = (slot: Slot, times: number): void => {
        const count = Math.floor(times * weight + draws.fraction());
        for (let i = 0; i < count; i++) {
          const minute = OPENING_MINUTE + ((draws.fraction() + draws.fraction()) / 2) * OPEN_MINUTES;
          slots.push({ atMs: Math.floor(this.#at(day, 0) + minute * MINUTE_MS), slot });
        }
      };
      add('top_up', business.topUpsADay);
      add('debit', business.debitsADay);
      add('hold', 3);
      add('transfer', 2.4);
      add('collection', 1.8);
    }
    return slots.sort((a, b) => a.atMs - b.atMs);
  }

  /** Sundays are quiet, pay days are not. */
  #weightOf(day: number): number {
    const date = new Date(this.firstDayMs + day * DAY_MS);
    const isSunday = date.getUTCDay() === 0;
    const dayOfMonth = date.getUTCDate();
    return (isSunday ? 0.5 : 1) * (dayOfMonth >= 28 || dayOfMonth <= 1 ? 1.35 : 1) * (day === 0 ? 0.5 : 1);
  }

  #tellSlot(slot: Slot, atMs: number): void {
    switch (slot) {
      case 'top_up':
        this.#topUp(this.#poorest(atMs), atMs);
        return;
      case 'debit':
        this.#debit(atMs);
        return;
      case 'hold':
        this.#hold(atMs);
        return;
      case 'transfer':
        this.#transfer(atMs);
        return;
      case 'collection':
        this.#collect(atMs);
    }
  }

  #usable(atMs: number): Holder | null {
    for (let tries = 0; tries < 12; tries++) {
      const holder = this.draws.one(this.#holders);
      if (
        holder.openedAtMs + MINUTE_MS < atMs &&
        holder.freeAtMs < atMs &&
        !holder.isClosed &&
        !holder.isFrozen &&
        this.draws.chance(Math.min(1, holder.weight))
      )
        return holder;
    }
    return null;
  }

  #poorest(atMs: number): Holder | null {
    const some = [this.#usable(atMs), this.#usable(atMs), this.#usable(atMs)].filter((one) => one !== null);
    return some.reduce<Holder | null>(
      (poorest, one) => (poorest === null || one.paid < poorest.paid ? one : poorest),
      null,
    );
  }

  #reference(prefix: string): string {
    this.#number += 1;
    return `${prefix}-${String(70_000 + this.#number)}`;
  }

  #receipt(network: Network): string {
    const { draws } = this;
    if (network.provider !== 'daraja') return String(draws.whole(10_000_000_000, 99_999_999_999));
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
    return `SK${Array.from({ length: 8 }, () => letters[draws.whole(0, letters.length - 1)]).join('')}`;
  }

  #topUp(
    holder: Holder | null,
    atMs: number,
    forced: { minor?: number; ending?: Ending; seconds?: number; isPrompted?: boolean } = {},
  ): string | null {
    if (holder === null || holder.isClosed) return null;
    const { business, draws } = this;
    const minor = forced.minor ?? draws.weighted(business.topUps).minor;
    const reference = this.#reference('TU');
    const isDip =
      atMs >= this.#dayStart(YESTERDAY) && atMs < this.#dayStart(DAYS) && holder.network.channel === business.dipping;
    const isPaid = draws.chance(isDip ? holder.network.success - 0.28 : holder.network.success);
    const refusal = isDip ? (REFUSALS[1] as (typeof REFUSALS)[number]) : draws.weighted(REFUSALS);
    const ending: Ending = forced.ending ?? (isPaid ? { kind: 'paid' } : { kind: 'unpaid', code: refusal.code });
    const seconds = forced.seconds ?? (ending.kind === 'unpaid' ? refusal.seconds : draws.whole(9, 58));
    this.#act(atMs, this.#desk, {
      kind: 'payment',
      reference,
      customer: holder.customer,
      channel: holder.network.channel,
      phone: holder.phone.slice(1),
      currency: business.currency,
      amountMinor: BigInt(minor),
      description: `${business.name} top-up`,
      isUnanswered: ending.kind === 'silent' && forced.isPrompted !== true,
    });
    holder.freeAtMs = Math.max(holder.freeAtMs, atMs + (seconds + 5) * SECOND_MS);
    if (ending.kind === 'silent') return reference;
    const newsAtMs = atMs + seconds * SECOND_MS + draws.whole(0, 999);
    this.#news(newsAtMs, holder, reference, minor, ending);
    return reference;
  }

  #news(atMs: number, holder: Holder, reference: string, minor: number, ending: Ending): void {
    const receipt = ending.kind === 'paid' || ending.kind === 'other_amount' ? this.#receipt(holder.network) : null;
    this.#soon(atMs, (nowMs) => {
      this.#act(nowMs, 'provider', { kind: 'payment_news', reference, customer: holder.customer, ending, receipt });
      if (ending.kind === 'paid' && receipt !== null) {
        holder.paid += minor;
        this.#paid.push({ holder, reference, minor, receipt, atMs: nowMs });
      }
      if (ending.kind === 'unpaid' || ending.kind === 'other_amount') this.#tellReceivers(nowMs);
    });
  }

  /** Webhooks of what just happened go out. */
  #tellReceivers(atMs: number): void {
    if (atMs < this.#at(WEBHOOKS_DAY, 10)) return;
    const isBroken = this.business.currency === 'KES' && atMs > this.#at(YESTERDAY, 6);
    this.#act(atMs + this.draws.whole(900, 2_400), 'provider', { kind: 'deliveries', status: isBroken ? 503 : 200 });
  }

  #collect(atMs: number): void {
    const { business, draws } = this;
    const network = draws.weighted(business.networks);
    const phone = `${business.dialling}${network.prefixes[0]}${draws.whole(1_000_000, 9_999_999)}`;
    const minor = this.#amountOf(draws.weighted(business.jobs));
    const reference = this.#reference('WALK');
    this.#act(atMs, this.#desk, {
      kind: 'payment',
      reference,
      customer: null,
      channel: network.channel,
      phone,
      currency: business.currency,
      amountMinor: BigInt(minor),
      description: `${business.name}, walk-in`,
      isUnanswered: false,
    });
    const ending: Ending = draws.chance(network.success)
      ? { kind: 'paid' }
      : { kind: 'unpaid', code: 'insufficient_funds' };
    const receipt = ending.kind === 'paid' ? this.#receipt(network) : null;
    this.#soon(atMs + draws.whole(9, 50) * SECOND_MS, (nowMs) => {
      this.#act(nowMs, 'provider', { kind: 'payment_news', reference, customer: null, ending, receipt });
      if (receipt === null) return;
      const holder = { network, phone: `+${phone}` } as Holder;
      this.#paid.push({ holder, reference, minor, receipt, atMs: nowMs });
    });
  }

  #amountOf({ leastMinor, greatestMinor }: Job): number {
    const { stepMinor } = this.business;
    return Math.round(this.draws.whole(leastMinor, greatestMinor) / stepMinor) * stepMinor;
  }

  /** Somebody who has the money for it; without one somebody pays in instead. */
  #payer(atMs: number, minor: number): Holder | null {
    for (let tries = 0; tries < 10; tries++) {
      const holder = this.#usable(atMs);
      if (holder !== null && holder.paid >= minor) return holder;
    }
    return null;
  }

  #debit(atMs: number): void {
    const { business, draws } = this;
    const job = draws.weighted(business.jobs);
    const minor = this.#amountOf(job);
    const holder = this.#payer(atMs, minor);
    if (holder === null) {
      this.#topUp(this.#poorest(atMs), atMs);
      return;
    }
    this.#spend(holder, atMs, minor, job.description);
  }

  #spend(holder: Holder, atMs: number, minor: number, description: string): string {
    const reference = this.#reference('INV');
    holder.paid -= minor;
    this.#spent.push({ holder, reference, minor, atMs });
    const metadata = this.draws.chance(0.3) ? { attendant: this.draws.one(this.business.firstNames) } : null;
    this.#act(atMs, this.#till, {
      kind: 'debit',
      customer: holder.customer,
      amountMinor: BigInt(minor),
      description,
      reference,
      service: this.business.work.name,
      metadata,
    });
    return reference;
  }

  #hold(atMs: number): void {
    const { business, draws } = this;
    const booking = draws.weighted(business.bookings);
    const minor = this.#amountOf(booking);
    const holder = this.#payer(atMs, minor);
    if (holder === null) return;
    const reference = this.#reference('BK');
    holder.paid -= minor;
    // At an hour when nobody spends, and later than any end that somebody gives it.
    const today = Math.floor((atMs - this.#dayStart(0)) / DAY_MS);
    const expiresAtMs = this.#dayStart(today + draws.whole(2, 5)) + 22 * HOUR_MS;
    this.#act(atMs, this.#till, {
      kind: 'hold',
      customer: holder.customer,
      amountMinor: BigInt(minor),
      description: booking.description,
      reference,
      expiresAtMs,
    });
    const hold = { holder, reference, minor };
    this.#holds.push(hold);
    const fate = draws.fraction();
    if (fate > 0.9) return;
    const endsAtMs = atMs + draws.whole(2, 44) * HOUR_MS;
    if (endsAtMs >= this.#dayStart(DAYS) + DAY_MS) return;
    this.#soon(endsAtMs, (nowMs) => this.#endHold(hold, nowMs, fate));
  }

  #endHold(hold: OpenHold, atMs: number, fate: number): void {
    const { holder, reference, minor } = hold;
    if (holder.isFrozen || holder.isClosed) return;
    this.#holds.splice(this.#holds.indexOf(hold), 1);
    if (fate > 0.78) {
      holder.paid += minor;
      this.#act(atMs, this.#till, { kind: 'void', customer: holder.customer, reference });
      return;
    }
    const { stepMinor } = this.business;
    const part = fate > 0.5 ? BigInt(Math.max(stepMinor, Math.round((minor * 0.8) / stepMinor) * stepMinor)) : null;
    this.#act(atMs, this.#till, { kind: 'capture', customer: holder.customer, reference, amountMinor: part });
  }

  #transfer(atMs: number): void {
    const { business, draws } = this;
    const { stepMinor } = business;
    const least = (business.topUps[0]?.minor ?? 1_000) / 5;
    const minor = Math.round(draws.whole(least, least * 5) / stepMinor) * stepMinor;
    const [from, to] = [this.#payer(atMs, minor), this.#usable(atMs)];
    if (from === null || to === null || from === to) return;
    from.paid -= minor;
    to.paid += minor;
    this.#act(atMs, this.#desk, {
      kind: 'transfer',
      customer: from.customer,
      to: to.customer,
      amountMinor: BigInt(minor),
      description: draws.one(['For the family car', 'Shared vehicle', 'Paid back', 'For the driver']),
      reference: this.#reference('TR'),
    });
  }

  #dayStart(day: number): number {
    return this.firstDayMs + day * DAY_MS - this.business.zoneHours * HOUR_MS;
  }

  /** What is not ordinary, each on its day. */
  #specials(): void {
    this.#credits();
    this.#statusChanges();
    this.#oddPayments();
    this.#secondThoughts();
    this.#automaticTopUps();
    this.#receivers();
    this.#people();
    this.#importedCredits();
    this.#secondPeople();
    this.#statements();
  }

  #some(count: number, atMs: number): Holder[] {
    const found = new Set<Holder>();
    for (let tries = 0; tries < count * 6 && found.size < count; tries++) {
      const holder = this.#usable(atMs);
      if (holder !== null) found.add(holder);
    }
    return [...found];
  }

  #credits(): void {
    const { loyalty, weekend } = this.business;
    for (const day of [3, 10, 17, 23, 28]) {
      this.#onDay(day, 8, 0, (atMs) => {
        for (const [index, holder] of this.#some(28, atMs).entries()) {
          const days = day === 23 ? 9 : 14;
          this.#credit(
            holder,
            atMs + index * 220,
            loyalty.code,
            `${loyalty.name}, week ${Math.floor(day / 7) + 1}`,
            loyalty.minor,
            days,
          );
        }
      });
    }
    for (const day of [5, 12, 19, 26]) {
      this.#onDay(day, 17, 30, (atMs) => {
        for (const [index, holder] of this.#some(14, atMs).entries()) {
          this.#credit(holder, atMs + index * 220, weekend.code, weekend.name, weekend.minor, day === 26 ? 7 : 4);
        }
      });
    }
  }

  #credit(holder: Holder, atMs: number, promotion: string, description: string, minor: number, days: number): void {
    const midnight = this.#dayStart(Math.floor((atMs - this.#dayStart(0)) / DAY_MS) + days);
    this.#act(atMs, this.#desk, {
      kind: 'credit',
      customer: holder.customer,
      amountMinor: BigInt(minor),
      description,
      reference: this.#reference(promotion),
      promotion,
      expiresAtMs: midnight,
    });
  }

  #richest(atMs: number, besides: ReadonlySet<Holder> = new Set()): Holder {
    const held = new Set(this.#holds.map(({ holder }) => holder));
    const fitting = this.#holders.filter(
      (one) =>
        one.openedAtMs + DAY_MS < atMs &&
        one.freeAtMs < atMs &&
        !one.isClosed &&
        !one.isFrozen &&
        !held.has(one) &&
        !besides.has(one),
    );
    return fitting.reduce((richest, one) => (one.paid > richest.paid ? one : richest));
  }

  #statusChanges(): void {
    this.#onDay(6, 11, 34, (atMs) => {
      const holder = this.#richest(atMs);
      this.#act(atMs, this.#admin, {
        kind: 'freeze',
        customer: holder.customer,
        reason: 'SIM swap reported by the owner',
      });
      this.#act(atMs + 14 * MINUTE_MS, this.#admin, {
        kind: 'unfreeze',
        customer: holder.customer,
        reason: 'Owner verified at the counter',
      });
      holder.freeAtMs = atMs + 20 * MINUTE_MS;
    });
    this.#onDay(8, 15, 10, (atMs) => this.#close(this.#richest(atMs), atMs, 'Moved abroad'));
    this.#onDay(23, 10, 20, (atMs) => {
      const holder = this.#richest(atMs);
      const due = this.#close(holder, atMs, 'Asked for at the counter');
      if (this.business.currency !== 'GHS') return;
      const half = BigInt(Math.floor(due / 2 / 100) * 100);
      this.#soon(atMs + 26 * HOUR_MS, (nowMs) =>
        this.#act(nowMs, this.#finance, {
          kind: 'refund',
          payment: null,
          customer: holder.customer,
          amountMinor: half,
          reason: 'First half, paid in cash at the counter',
          reference: this.#reference('CASH'),
        }),
      );
    });
    this.#onDay(27, 9, 48, (atMs) => {
      const holder = this.#richest(atMs);
      holder.isFrozen = true;
      this.#act(atMs, 'kwaku', {
        kind: 'freeze',
        customer: holder.customer,
        reason: 'Owner reports a stolen phone; caller verified, police report to follow',
      });
      this.#act(atMs + 3 * MINUTE_MS, 'kwaku', {
        kind: 'note',
        customer: holder.customer,
        body: 'Caller gave the plate number and the last three invoices. Wait for the police report before unfreezing.',
      });
      this.#tellReceivers(atMs + 4 * MINUTE_MS);
    });
  }

  #close(holder: Holder, atMs: number, reason: string): number {
    const due = holder.paid;
    holder.isClosed = true;
    holder.paid = 0;
    this.#act(atMs, this.#admin, { kind: 'close', customer: holder.customer, reason });
    this.#tellReceivers(atMs + SECOND_MS);
    return due;
  }

  #oddPayments(): void {
    const usual = this.business.topUps[3]?.minor ?? 10_000;
    this.#onDay(15, 12, 5, (atMs) => {
      const holder = this.#poorest(atMs);
      const reference = this.#topUp(holder, atMs, {
        minor: usual,
        ending: { kind: 'unpaid', code: 'expired' },
        seconds: 305,
      });
      if (holder !== null && reference !== null)
        this.#news(atMs + 47 * MINUTE_MS, holder, reference, usual, { kind: 'paid' });
    });
    this.#onDay(20, 14, 22, (atMs) => {
      const holder = this.#poorest(atMs);
      const reference = this.#topUp(holder, atMs, { minor: usual, ending: { kind: 'paid' } });
      if (holder === null || reference === null) return;
      this.#soon(atMs + 27 * HOUR_MS, (nowMs) => {
        holder.paid -= usual;
        this.#act(nowMs, 'provider', {
          kind: 'payment_news',
          reference,
          customer: holder.customer,
          ending: { kind: 'taken_back' },
          receipt: null,
        });
        this.#tellReceivers(nowMs);
      });
    });
    this.#onDay(26, 16, 40, (atMs) => {
      this.#topUp(this.#poorest(atMs), atMs, {
        minor: usual,
        ending: { kind: 'other_amount', amountMinor: BigInt(usual / 10) },
      });
    });
    this.#onDay(27, 10, 31, (atMs) =>
      this.#topUp(this.#poorest(atMs), atMs, { minor: usual, ending: { kind: 'silent' } }),
    );
    for (const day of [11, 18, 25]) {
      this.#onDay(day, 13, 15, (atMs) => this.#refund(atMs));
    }
    // Still on the phone when the story ends.
    for (const minutes of [3, 1]) {
      const run = (atMs: number): void => {
        this.#topUp(this.#poorest(atMs), atMs, { ending: { kind: 'silent' }, isPrompted: true });
      };
      this.#later.push({ atMs: this.firstDayMs + (DAYS + 1) * DAY_MS - minutes * MINUTE_MS, run });
    }
  }

  /** A payment is given back the same hour, before anything of it is spent. */
  #refund(atMs: number): void {
    const minor = this.business.topUps[1]?.minor ?? 5_000;
    const holder = this.#poorest(atMs);
    const reference = this.#topUp(holder, atMs, { minor, ending: { kind: 'paid' } });
    if (holder === null || reference === null) return;
    const givenAtMs = atMs + 25 * MINUTE_MS;
    holder.freeAtMs = givenAtMs + MINUTE_MS;
    this.#soon(givenAtMs, (nowMs) => {
      holder.paid -= minor;
      this.#act(nowMs, this.#finance, {
        kind: 'refund',
        payment: reference,
        customer: holder.customer,
        amountMinor: null,
        reason: 'Paid twice by mistake',
        reference: this.#reference('RF'),
      });
      this.#tellReceivers(nowMs);
    });
  }

  /** Postings that were wrong, and are undone the same day. */
  #secondThoughts(): void {
    const reasons = ['Wrong vehicle', 'Booked twice', 'Customer changed their mind', 'Wrong quantity'];
    for (let day = 1; day < DAYS; day++) {
      if (!this.draws.chance(0.65)) continue;
      this.#onDay(day, 17, this.draws.whole(0, 50), (atMs) => {
        const limit = day >= POLICY_DAY ? (this.business.topUps[0]?.minor ?? 0) : Number.POSITIVE_INFINITY;
        const recent = this.#spent.filter(
          (one) => one.atMs > atMs - 8 * HOUR_MS && one.minor <= limit && !one.holder.isClosed && !one.holder.isFrozen,
        );
        if (recent.length === 0) return;
        const spent = this.draws.one(recent);
        this.#spent.splice(this.#spent.indexOf(spent), 1);
        spent.holder.paid += spent.minor;
        this.#act(atMs, this.#finance, {
          kind: 'reversal',
          customer: spent.holder.customer,
          reference: spent.reference,
          reason: this.draws.one(reasons),
        });
      });
    }
    for (const [day, body] of [
      [9, 'Asked for a paper statement at the end of the month.'],
      [16, 'Prefers to be called after four.'],
      [21, 'Disputed the invoice of last week; explained, agrees now.'],
    ] as const) {
      this.#onDay(day, 15, 20, (atMs) =>
        this.#act(atMs, this.#finance, { kind: 'note', customer: this.#richest(atMs).customer, body }),
      );
    }
  }

  #automaticTopUps(): void {
    const { business } = this;
    this.#onDay(13, 9, 5, (atMs) => {
      for (const [index, holder] of this.#some(7, atMs).entries()) {
        const [threshold, amount] = [business.topUps[0]?.minor ?? 1_000, business.topUps[1]?.minor ?? 5_000];
        this.#act(atMs + index * 11 * MINUTE_MS, this.#desk, {
          kind: 'auto_top_up',
          customer: holder.customer,
          channel: holder.network.channel,
          phone: holder.phone.slice(1),
          thresholdMinor: BigInt(threshold),
          amountMinor: BigInt(amount),
          monthlyMaxMinor: BigInt(amount * 12),
        });
      }
    });
    for (let day = 13; day < DAYS; day++) {
      for (const hour of [12, 18])
        this.#onDay(day, hour, 30, (atMs) => this.#act(atMs, 'provider', { kind: 'auto_top_ups_run' }));
    }
    for (const day of [14, 22, YESTERDAY]) {
      this.#onDay(day, 16, 12, (atMs) => {
        const holder = this.#poorest(atMs);
        const amountMinor = BigInt(business.topUps[3]?.minor ?? 10_000);
        if (holder !== null)
          this.#act(atMs, this.#admin, { kind: 'top_up_link', customer: holder.customer, amountMinor });
      });
    }
  }

  #receivers(): void {
    this.#onDay(WEBHOOKS_DAY, 9, 30, (atMs) =>
      this.#act(atMs, this.#admin, {
        kind: 'webhook',
        url: `https://hooks.${this.business.domain}/pesewa`,
        events: [
          'payment.failed',
          'payment.expired',
          'payment.canceled',
          'payment.amount_mismatch',
          'payment.reversed',
          'wallet.frozen',
          'wallet.closed',
          'refund.succeeded',
        ],
        description: 'What somebody has to look at',
      }),
    );
  }

  #people(): void {
    const { work, collecting } = this.business;
    this.#onDay(15, 9, 0, (atMs) =>
      this.#act(atMs, 'efua', {
        kind: 'service_change',
        name: work.name,
        terms: work.later,
        effectiveAtMs: null,
        reason: work.laterReason,
      }),
    );
    this.#onDay(20, 9, 10, (atMs) =>
      this.#act(atMs, 'efua', {
        kind: 'service_change',
        name: collecting.name,
        terms: collecting.later,
        effectiveAtMs: this.#dayStart(DAYS + 5),
        reason: 'Agreed for next month',
      }),
    );
  }

  #importRows(holders: readonly Holder[], minor: number, expiresAtMs: number): ImportRow[] {
    const { currency } = this.business;
    const amount = (minor / 100).toFixed(2);
    const expiresAt = new Date(expiresAtMs).toISOString();
    return holders.map(({ customer }) => ({ customer, amount, currency, expiresAt }));
  }

  #importedCredits(): void {
    const { code, name, file, minor } = this.business.import;
    const { currency } = this.business;
    this.#onDay(16, 10, 0, (atMs) => {
      this.#act(atMs, this.#finance, {
        kind: 'promotion',
        code,
        name,
        currency,
        amountMinor: null,
        expiresAtMs: null,
        budgetMinor: BigInt(minor * 400),
      });
      const rows = this.#importRows(this.#some(45, atMs), minor, this.#dayStart(DAYS + 12));
      const closed = this.#holders.find(({ isClosed }) => isClosed);
      if (closed !== undefined) rows.splice(17, 0, ...this.#importRows([closed], minor, this.#dayStart(DAYS + 12)));
      rows.splice(33, 0, ...this.#importRows(this.#some(1, atMs), minor, this.#dayStart(2)));
      this.#act(atMs + 4 * MINUTE_MS, this.#finance, {
        kind: 'promotion_import',
        promotion: code,
        fileName: file,
        description: name,
        rows,
      });
      this.#act(atMs + 6 * MINUTE_MS, this.#finance, { kind: 'promotion_issue', fileName: file });
      this.#act(atMs + 6 * MINUTE_MS + 700, 'provider', { kind: 'promotions_run' });
    });
    this.#onDay(YESTERDAY, 15, 40, (atMs) => {
      const fileName = file.replace('.csv', '-second-round.csv');
      const rows = this.#importRows(this.#some(60, atMs), minor * 2, this.#dayStart(DAYS + 30));
      this.#act(atMs, this.#finance, {
        kind: 'promotion_import',
        promotion: code,
        fileName,
        description: `${name}, second round`,
        rows,
      });
      this.#act(atMs + 3 * MINUTE_MS, this.#finance, { kind: 'promotion_issue', fileName });
    });
  }

  /** A policy, and acts of people that wait under it. */
  #secondPeople(): void {
    const { currency, topUps, work } = this.business;
    const [little = 1_000, more = 2_000] = [topUps[0]?.minor, topUps[1]?.minor];
    const above = (minor: number): ReadonlyMap<string, bigint> => new Map([[currency, BigInt(minor)]]);
    this.#onDay(POLICY_DAY, 9, 0, (atMs) =>
      this.#act(atMs, 'operator', {
        kind: 'approval_policy',
        rules: [
          { verb: 'credit', above: above(little * 4) },
          { verb: 'promotion', above: above(little * 4) },
          { verb: 'reversal', above: above(little) },
          { verb: 'refund', above: above(more) },
          { verb: 'service_change', above: new Map() },
        ],
        reason: 'Two people for larger sums, as agreed with the auditor',
      }),
    );
    this.#onDay(26, 11, 15, (atMs) => {
      const holder = this.#richest(atMs);
      const reference = this.#reference('GOODWILL');
      this.#act(atMs, this.#finance, {
        kind: 'credit',
        customer: holder.customer,
        amountMinor: BigInt(little * 10),
        description: 'Goodwill, complaint about the invoice',
        reference,
        promotion: null,
        expiresAtMs: null,
      });
      this.#act(atMs + 3 * HOUR_MS, 'efua', {
        kind: 'rejection',
        of: reference,
        reason: 'The ticket names a smaller sum; ask again with that',
      });
    });
    this.#onDay(YESTERDAY, 16, 50, (atMs) => {
      const holder = this.#richest(atMs);
      this.#act(atMs, this.#finance, {
        kind: 'credit',
        customer: holder.customer,
        amountMinor: BigInt(little * 15),
        description: 'Four days in the bay, late hand-over',
        reference: this.#reference('GOODWILL'),
        promotion: null,
        expiresAtMs: null,
      });
    });
    this.#onDay(YESTERDAY, 17, 55, (atMs) => {
      const large = this.#spent.filter(
        (one) => one.atMs > atMs - 30 * HOUR_MS && one.minor > little && !one.holder.isClosed && !one.holder.isFrozen,
      );
      const spent = large.at(-1);
      if (spent === undefined) return;
      this.#spent.splice(this.#spent.indexOf(spent), 1);
      this.#act(atMs, this.#finance, {
        kind: 'reversal',
        customer: spent.holder.customer,
        reference: spent.reference,
        reason: 'Customer says it was not their vehicle',
      });
    });
    this.#onDay(YESTERDAY, 18, 20, (atMs) => {
      const percent = this.business.currency === 'GHS' ? '1.1' : '0.85';
      this.#act(atMs, 'efua', {
        kind: 'service_change',
        name: work.name,
        terms: { transaction_fee: percent },
        effectiveAtMs: this.#dayStart(DAYS + 10),
        reason: 'Promised to the owner for the new year',
      });
    });
  }

  /** What the network says of yesterday: one payment is not in it, one has another amount, one is not ours. */
  #statements(): void {
    const { business } = this;
    const network = business.networks[0] as Network;
    this.#onDay(DAYS, 7, 30, (atMs) => {
      const [from, to] = [this.#dayStart(YESTERDAY), this.#dayStart(DAYS)];
      const paid = this.#paid.filter((one) => one.holder.network === network && one.atMs >= from && one.atMs < to);
      const rows = paid.map(
        ({ receipt, reference, minor, atMs: paidAtMs, holder }): StatementRow => ({
          receipt,
          reference,
          amountMinor: BigInt(minor),
          atMs: paidAtMs,
          phone: holder.phone.slice(1),
        }),
      );
      const wrong = rows[2];
      if (wrong !== undefined) rows[2] = { ...wrong, amountMinor: wrong.amountMinor + BigInt(business.stepMinor * 10) };
      rows.splice(5, 1);
      rows.push({
        receipt: this.#receipt(network),
        reference: '',
        amountMinor: BigInt(business.topUps[1]?.minor ?? 1_000),
        atMs: from + 15 * HOUR_MS,
        phone: `${business.dialling}${network.prefixes[0]}5550144`,
      });
      const day = new Date(from + business.zoneHours * HOUR_MS).toISOString().slice(0, 10);
      this.#act(atMs, 'efua', {
        kind: 'statement',
        provider: network.provider,
        fileName: `${network.provider}-${day}.csv`,
        currency: business.currency,
        day,
        rows,
      });
    });
  }
}
