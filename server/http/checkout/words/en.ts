import { html } from 'hono/html';
import { bold, boldNum, type Html, num } from '../html';

/**
 * Every word of the checkout, for a reading age of about ten. One table a language: another is this type again, in another
 * file. Sentences are whole, with their figures as arguments, so that each language can have its own order.
 */
const ownerWallet = (owner: string | null): string => (owner === null ? 'your wallet' : `${owner}’s wallet`);

/** `an AirtelTigo`, `an M-Pesa`, `a Telecel`: by sound. */
const withArticle = (name: string): string => `${/^[AEIOU]|^M[-T]/.test(name) ? 'an' : 'a'} ${name}`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What else there is, at the end of a sentence. */
const otherWays = (hasCard: boolean, hasBank: boolean): string => {
  if (hasCard && hasBank) return ', by card or from your bank';
  if (hasCard) return ' or by card';
  return hasBank ? ' or from your bank' : '';
};

export const en = {
  lang: 'en',
  /** How dates are written. */
  locale: 'en-GB',

  // ── the frame ──
  pageTitle: (merchant: string, amount: string) => `Pay ${merchant} ${amount}`,
  testMode: 'Test mode. No real money moves.',
  modeLabel: 'Mode',
  billLabel: 'What you pay',
  billLine: (owner: string | null) => `Top up ${ownerWallet(owner)}`,
  fee: 'Fee',
  youPay: 'You pay',
  amount: 'Amount',
  paymentNumber: 'Payment number',
  helpCall: (merchant: string) => `Help: call ${merchant},`,
  leave: (merchant: string) => `Cancel and go back to ${merchant}`,
  goBack: (merchant: string) => `Go back to ${merchant}`,

  // ── start, card, bank, phone, locked, unavailable ──
  howToPay: 'How do you want to pay?',
  mobileMoney: 'Mobile money',
  network: 'Network',
  numberLabel: 'Mobile money number',
  networkNumberLabel: (network: string) => `${network} number`,
  numberHint: (digits: number, example: string) => html`${digits} digits. Example: ${num(example)}`,
  pay: (amount: string) => `Pay ${amount}`,
  untilYouApprove: 'No money moves until you approve on your phone.',
  neverAskPin: 'We never ask for your PIN on this page.',
  card: 'Card',
  cardKinds: 'Visa, Mastercard',
  cardText: (partner: string) =>
    `You type your card on a page of ${partner}, our card partner. Then you come back here.`,
  cardAction: 'Go to the card page',
  youWillPay: (amount: string) => `You will pay ${amount}.`,
  bank: 'Bank transfer',
  bankKinds: 'From your bank’s app',
  bankText: (amount: string) => `We show you an account number. You send ${amount} to it from your bank’s app.`,
  bankAction: 'Show the account number',
  wrongNetwork: (prefix: string, theirs: string, chosen: string, isServed: boolean) =>
    isServed
      ? `${prefix} is ${withArticle(theirs)} number and you chose ${chosen}. Choose ${theirs}, or type your ${chosen} number.`
      : `${prefix} is ${withArticle(theirs)} number and you chose ${chosen}. Type your ${chosen} number.`,
  wrongNumber: (digits: number, example: string) =>
    `This is not a number we can use. Type ${digits} digits, such as ${example}.`,
  chooseNetwork: 'Choose your network.',
  couldNotSend: 'We could not send this request',
  couldNotSendText: 'No money was taken. Try again, or pay another way.',
  lockedLabel: 'Your mobile money number',
  lockedText: (merchant: string, owner: string | null) =>
    owner === null
      ? `This is the number ${merchant} has for you. To change it, ask ${merchant}.`
      : `This is the number ${merchant} has for ${owner}. To change it, ask ${merchant}.`,
  notAnswering: (names: readonly string[]) =>
    `${listed(names)} ${names.length > 1 ? 'are' : 'is'} not answering right now`,
  notAnsweringText: 'We do not send requests that may get lost. Pay another way, or come back in a few minutes.',
  notWorkingNow: 'Not working now',
  noWay: 'There is no way to pay this here right now',
  noWayText: (merchant: string) => `Come back in a few minutes, or ask ${merchant}.`,

  // ── code ──
  codeTitle: 'Type the code we sent',
  codeText: (phone: string | null) =>
    phone === null ? html`We sent an SMS with 6 digits.` : html`We sent an SMS with 6 digits to ${boldNum(phone)}.`,
  codeLabel: 'Code from the SMS',
  codeUntil: (time: string) => html`It works until ${num(time)}.`,
  codeAction: (amount: string) => `Confirm and pay ${amount}`,
  codeNext: 'Next, your phone asks you to approve.',
  codeNotPin: 'This code is not your PIN. Never share your PIN.',
  codeWrong: (triesLeft: number) =>
    `That code is not right. You have ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`,
  codeOver: 'That code does not work any more. Send a new code.',
  codeIsNot: 'That code is not right.',
  codeForTests: (code: string) => html`No SMS goes out here. The code is ${boldNum(code)}.`,
  noSms: 'No SMS?',
  noSmsText: (time: string) => html`It can take a minute. You can ask for a new code at ${num(time)}.`,
  noSmsNow: 'It can take a minute.',
  sendAgain: 'Send the code again',
  sendNew: 'Send a new code',
  changeNumber: 'Change the number',

  // ── waiting ──
  approveTitle: 'Approve on your phone',
  approveText: (phone: string | null) =>
    phone === null
      ? html`We sent a request to your phone. Type your PIN <b>on that phone</b>, not here.`
      : html`We sent a request to ${boldNum(phone)}. Type your PIN <b>on that phone</b>, not here.`,
  progress: 'Progress',
  done: 'Done: ',
  now: 'Now: ',
  next: 'Next: ',
  sentTo: (network: string) => `Sent to ${network}`,
  waitingForYou: 'Waiting for you to approve',
  confirms: (network: string) => `${network} confirms`,
  timeLeft: 'Time left',
  waitsUntil: (network: string, time: string) => html`${network} waits until ${num(time)}`,
  waitingSaid: 'Request sent. Waiting for you to approve on your phone.',
  approveOnlyIf: 'Approve only if the phone shows both of these:',
  to: 'To',
  iApproved: 'I have approved it',
  movesOn: 'This page moves on by itself.',
  looksAgain: (seconds: number) => `It looks again every ${seconds} seconds.`,
  asksPinThere: (network: string) => `We never ask for your PIN here. ${network} asks for it on your phone.`,
  noRequest: 'No request on the phone?',
  phoneIsOn: 'Check that the phone is on and has signal.',
  closeMenus: 'Close any other menu open on it.',
  missedMenu: (dial: Html, first: string, second: string, payee: string) =>
    html`Dial ${dial}, choose ${bold(first)}, then ${bold(second)}. Type your PIN there and choose ${payee}.`,
  missedOpen: (dial: Html, wallet: string) =>
    html`Dial ${dial}. If ${wallet} does not open, the network has a problem: pay another way.`,
  missedSim: (dial: Html, first: string, second: string) =>
    html`An old SIM card may not show it. Dial ${dial}, choose ${bold(first)}, then ${bold(second)}.`,
  stillNothing: (time: string) => html`Still nothing? Wait until ${num(time)}. Then you can try again.`,
  wrongNumberTitle: 'Wrong number?',
  onlyOneOpen: (time: string | null) =>
    time === null
      ? html`Only one request can be open, so that nobody pays twice. This one ends when you press Cancel on that phone.`
      : html`Only one request can be open, so that nobody pays twice. This one ends at ${num(time)}, or when you press Cancel on that phone.`,

  // ── offline ──
  offline: 'You are offline',
  offlineText:
    'You can still approve: your phone does not need internet for that. This page catches up when you are back.',

  // ── confirming, the card's page ──
  confirmingTitle: (network: string) => `${network} is confirming`,
  confirmingText: 'This takes a few seconds. Do not pay again.',
  youSaidApproved: 'You told us you approved',
  fewSeconds: 'a few seconds',
  confirmingSaid: (network: string) => `${network} is confirming your payment. Do not pay again.`,
  lookNow: 'Look now',
  notApprovedYet: 'I have not approved it yet',
  canClose: 'You can close this page. The link keeps working.',

  // ── change ──
  stillOpen: 'Still open',
  changeTitle: 'The first request is still open',
  changeText: (phone: string | null, time: string | null) =>
    html`If we send a second one now, you could pay twice. Press Cancel on ${phone === null ? 'your phone' : boldNum(phone)}, or wait until it ends${time === null ? '' : html` at ${num(time)}`}.`,
  changeBankText: (time: string | null) =>
    time === null
      ? html`If you pay another way now, you could pay twice. Do not send the transfer.`
      : html`If you pay another way now, you could pay twice. Do not send the transfer, and wait until the account closes at ${num(time)}.`,
  endsAt: (time: string) => html`It ends at ${num(time)}`,
  iCancelled: 'I pressed Cancel',
  keepWaiting: 'Keep waiting',

  // ── checking ──
  notKnownYet: 'Not known yet',
  checkingTitle: (network: string) => `We’re checking with ${network}`,
  doNotPayYet: 'Do not pay again yet.',
  hasNotTold: (network: string) => `${network} has not told us if you paid.`,
  timeEnded: 'Time to approve ended',
  asking: (network: string) => `Asking ${network}`,
  last: (time: string) => `last ${time}`,
  checkingSaid: (network: string) => `We are checking with ${network}. Do not pay again yet.`,
  ifTaken: (network: string, owner: string | null) =>
    `If ${network} took your money, it goes to ${ownerWallet(owner)}.`,
  checkNow: 'Check now',
  asksAgain: (time: string) => html`We ask again at ${num(time)}, then every few minutes.`,
  sending: 'Your request is on its way',

  // ── unknown ──
  unknownTitle: (network: string) => `${network} has not answered us`,
  doNotPay: 'Do not pay again.',
  personAsks: (network: string) => `A person is now asking ${network} about your payment.`,
  ifNot: (merchant: string) => `If not, you can start again from ${merchant}.`,
  answerBy: (time: string, day: string) =>
    html`You will see the answer here by ${num(time)} on ${day}. The link keeps working.`,
  tellNumber: (merchant: string) => `Tell ${merchant} this number when you call`,
  tellNumberNoPhone: (merchant: string) => `Tell ${merchant} this number when you ask.`,

  // ── success, paid ──
  paid: 'Paid',
  addedTitle: (amount: string, owner: string | null) => `${amount} added to ${ownerWallet(owner)}`,
  added: (owner: string | null) => `Added to ${ownerWallet(owner)}`,
  youPaid: 'You paid',
  newBalance: 'New balance',
  receiptNumber: 'Receipt number',
  theirNumber: (network: string) => `${network} number`,
  paidFrom: 'Paid from',
  paidTo: 'Paid to',
  when: 'When',
  paidSaid: (amount: string, owner: string | null) => `Paid. ${amount} added to ${ownerWallet(owner)}.`,
  printReceipt: 'Print or save this receipt',
  alreadyPaidTitle: 'This is already paid',
  alreadyPaidText: 'You do not need to pay again.',

  // ── endings without money ──
  notPaid: 'Not paid',
  timeRanOut: 'Time ran out',
  pleaseWait: 'Please wait',
  ended: 'Ended',
  nothingTaken: 'No money was taken.',
  again: 'Send the request again',
  newRequest: 'Send a new request',
  otherWay: 'Use another number or way to pay',
  anotherWay: 'Pay another way',
  useOtherWay: 'Use another way',
  failures: {
    cancelled: {
      title: 'You cancelled on the phone',
      todo: () => [
        'Want to pay? Send the request again and type your PIN.',
        'Did not press Cancel? The phone may have closed the request by itself.',
      ],
    },
    funds: {
      title: 'Not enough money',
      todo: () => ['Put money in at an agent, then send the request again.'],
    },
    pin: {
      title: 'The PIN was wrong',
      todo: () => ['Send the request again and type the PIN slowly.', 'Too many wrong PINs lock your MoMo.'],
    },
    busy: {
      title: 'Another request is open on this phone',
      todo: () => ['Finish or close the other menu on the phone.', 'Wait 2 minutes, then send the request again.'],
    },
    phone: {
      title: 'We could not reach the phone',
      todo: (network: string) => [
        'Switch it on, or go where there is signal.',
        `Two SIM cards? Check that the ${network} one is on.`,
      ],
    },
    limit: { title: 'This MoMo has reached its limit', todo: () => ['Try again tomorrow.'] },
    number: { title: '', todo: () => ['Check the number and the network.'] },
    expired: {
      title: 'Nobody approved in time',
      todo: () => ['Have your phone in your hand, then send a new request.'],
    },
    refused: { title: 'The payment did not go through', todo: () => ['Try again, or pay another way.'] },
  },
  hasLessThan: (wallet: string, amount: string) => html`This ${wallet} has less than ${num(amount)}.`,
  orAnother: (hasCard: boolean, hasBank: boolean) => `Or pay from another number${otherWays(hasCard, hasBank)}.`,
  cannotSeePin: 'We cannot see or change your PIN.',
  forgotPin: (network: string, helpline: Html) =>
    html`Forgot it? Call ${network} on ${helpline}. We cannot see or change your PIN.`,
  oneAtATime: (network: string) => `${network} shows one at a time.`,
  mayBeOff: (phone: string | null) =>
    phone === null ? html`It may be off or have no signal.` : html`${boldNum(phone)} may be off or have no signal.`,
  dayLimit: (network: string) => `${network} limits how much can be paid in a day.`,
  noWalletTitle: (wallet: string) => `This number has no ${wallet}`,
  notKnownThere: (network: string, phone: string | null) =>
    phone === null
      ? html`${network} does not know this as a mobile money number.`
      : html`${network} does not know ${boldNum(phone)} as a mobile money number.`,
  closedAt: (network: string, time: string) => html`${network} closed the request at ${num(time)}.`,
  gotSms: (network: string, owner: string | null) =>
    `Got an SMS from ${network} that you paid? Then do not pay again. It will be added to ${ownerWallet(owner)}.`,
  tooManyTitle: 'Too many requests to this phone',
  tooManyText: 'To keep phones safe from unwanted requests, we send only a few in a row.',
  tooManyAgain: (time: string) => html`You can send one more at ${num(time)}.`,
  tooManyOther: (hasCard: boolean, hasBank: boolean): string =>
    hasCard && hasBank
      ? 'Or pay by card or from your bank now.'
      : hasCard
        ? 'Or pay by card now.'
        : 'Or pay from your bank now.',
  closedTitle: 'This link has ended',
  closedText: (merchant: string) => `Still want to top up? Start again from ${merchant}.`,
  wasOpenUntil: (time: string, day: string) => html`It was open until ${num(time)} on ${day}.`,

  // ── bank ──
  bankTitle: (amount: string) => `Send ${amount} from your bank`,
  bankLead: 'Use your bank’s app. Type exactly what you see here.',
  accountNumber: 'Account number',
  bankName: 'Bank',
  accountName: 'Name',
  exactAmount: 'Exact amount',
  openUntil: 'Account open until',
  otherAmount: 'Any other amount must be checked by a person and takes longer.',
  iSentIt: 'I have sent it',

  // ── no such link, and our own troubles ──
  missingTitle: 'There is nothing here',
  missingText: 'Check that the whole link was copied. Or ask whoever sent it to you for a new one.',
  troubleTitle: 'Something went wrong on our side',
  troubleText: 'If you have sent a payment, do not pay again: open the link again in a minute and look.',
  tryAgain: 'Open the page again',
};

export type Words = typeof en;
