import type { Channel, MobileChannel } from '@/contracts/channels';
import { MOBILE_CHANNELS } from '@/contracts/channels';
import { checkPayer } from '@/server/providers/channels';
import type { FormProblem, LockedPhone, Offers } from '@/server/top-ups/checkout-step';
import { localNumber, PLACES } from '@/server/top-ups/networks';

export type Choice =
  | {
      readonly kind: 'momo';
      readonly channel: MobileChannel;
      /** E.164 digits without a plus. */
      readonly phone: string;
      readonly isNetworkConfirmed: boolean;
    }
  | { readonly kind: 'card' | 'bank'; readonly channel: Channel; readonly country: string }
  | { readonly kind: 'problem'; readonly problem: FormProblem };

/** As the page's field lets people type it. */
const TYPED_MAX = 20;

/** What the form of the first page says; the button that was pressed decides, whatever is marked. */
export function readChoice(
  form: URLSearchParams,
  {
    offers,
    locked,
    currency,
    isTestMode,
  }: {
    readonly offers: Offers;
    readonly locked: LockedPhone | null;
    readonly currency: string;
    readonly isTestMode: boolean;
  },
): Choice {
  const method = form.get('pay') ?? form.get('method');
  if (method === 'card' || method === 'bank') {
    const offer = offers[method];
    if (offer?.isAvailable === true) {
      return { kind: method, channel: method === 'card' ? 'CARD' : 'BANK', country: offer.country };
    }
    return { kind: 'problem', problem: { method, channel: null, phone: '', problem: { kind: 'unavailable' } } };
  }
  const typed = (form.get('phone') ?? '').trim().slice(0, TYPED_MAX);
  const channel = channelOf(locked?.channel ?? form.get('network'));
  const problem = (what: FormProblem['problem']): Choice => ({
    kind: 'problem',
    problem: { method: 'momo', channel, phone: locked === null ? typed : '', problem: what },
  });
  const offer = offers.networks.find(({ network }) => network.channel === channel);
  if (channel === null) return problem({ kind: 'no_network' });
  if (offer?.isAvailable !== true) return problem({ kind: 'unavailable' });
  // The client knows the number and its network; nobody has typed it.
  if (locked !== null) return { kind: 'momo', channel, phone: locked.digits, isNetworkConfirmed: true };
  const isNetworkConfirmed = form.get('asked') === `${channel} ${typed.replace(/\D/g, '')}`;
  const payer = checkPayer({ channel, currency, phone: typed, isLocalFormTaken: true, isNetworkConfirmed, isTestMode });
  if (payer.ok) {
    // Possible by the country's plan is not enough: nobody here has a mobile number of nine digits.
    const digits = PLACES[payer.country]?.digits;
    const isForTests = !payer.phone.startsWith(PLACES[payer.country]?.callingCode ?? '');
    if (digits !== undefined && !isForTests && localNumber(payer.phone).length !== digits) {
      return problem({ kind: 'number' });
    }
    return { kind: 'momo', channel, phone: payer.phone, isNetworkConfirmed };
  }
  if (payer.kind !== 'network') return problem({ kind: 'number' });
  return problem({
    kind: 'network',
    prefix: localNumber(payer.phone).slice(0, 3),
    theirs: payer.networkName,
    isServed: offers.networks.some(({ network }) => network.channel === payer.network),
  });
}

function channelOf(text: string | null): MobileChannel | null {
  return MOBILE_CHANNELS.find((channel) => channel === text) ?? null;
}
