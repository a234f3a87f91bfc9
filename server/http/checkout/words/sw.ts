import { html } from 'hono/html';
import { bold, boldNum, type Html, num } from '../html';
import type { Words } from './en';

/** Kiswahili sanifu cha Kenya na Tanzania: PIN ni `PIN`, kama simu zinavyosema. */
const ownerWallet = (owner: string | null): string => (owner === null ? 'pochi yako' : `pochi ya ${owner}`);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} na ${names.at(-1)}`;

/** What else there is, at the end of a sentence. */
const otherWays = (hasCard: boolean, hasBank: boolean): string => {
  if (hasCard && hasBank) return ', kwa kadi au kutoka benki yako';
  if (hasCard) return ' au kwa kadi';
  return hasBank ? ' au kutoka benki yako' : '';
};

export const sw: Words = {
  lang: 'sw',
  locale: 'sw-KE',

  // ── the frame ──
  pageTitle: (merchant, amount) => `Lipa ${merchant} ${amount}`,
  testMode: 'Hali ya majaribio. Hakuna pesa halisi inayohamishwa.',
  modeLabel: 'Hali',
  billLabel: 'Unacholipa',
  billLine: (owner) => `Weka pesa kwenye ${ownerWallet(owner)}`,
  fee: 'Ada',
  youPay: 'Unalipa',
  amount: 'Kiasi',
  paymentNumber: 'Nambari ya malipo',
  helpCall: (merchant) => `Msaada: piga simu kwa ${merchant},`,
  leave: (merchant) => `Ghairi na urudi kwa ${merchant}`,
  goBack: (merchant) => `Rudi kwa ${merchant}`,

  // ── start, card, bank, phone, locked, unavailable ──
  howToPay: 'Ungependa kulipa vipi?',
  mobileMoney: 'Pesa ya simu',
  network: 'Mtandao',
  numberLabel: 'Nambari ya pesa ya simu',
  networkNumberLabel: (network) => `Nambari ya ${network}`,
  numberHint: (digits, example) => html`Tarakimu ${digits}. Mfano: ${num(example)}`,
  pay: (amount) => `Lipa ${amount}`,
  untilYouApprove: 'Pesa haihamishwi mpaka ukubali kwenye simu yako.',
  neverAskPin: 'Hatuulizi PIN yako kamwe kwenye ukurasa huu.',
  card: 'Kadi',
  cardKinds: 'Visa, Mastercard',
  cardText: (partner) => `Unaandika kadi yako kwenye ukurasa wa ${partner}, mshirika wetu wa kadi. Kisha unarudi hapa.`,
  cardAction: 'Nenda kwenye ukurasa wa kadi',
  youWillPay: (amount) => `Utalipa ${amount}.`,
  bank: 'Uhamisho wa benki',
  bankKinds: 'Kutoka programu ya benki yako',
  bankText: (amount) => `Tunakuonyesha nambari ya akaunti. Unatuma ${amount} huko kutoka programu ya benki yako.`,
  bankAction: 'Onyesha nambari ya akaunti',
  wrongNetwork: (prefix, theirs, chosen, isServed) =>
    isServed
      ? `${prefix} ni nambari ya ${theirs} na ulichagua ${chosen}. Chagua ${theirs}, au andika nambari yako ya ${chosen}.`
      : `${prefix} ni nambari ya ${theirs} na ulichagua ${chosen}. Andika nambari yako ya ${chosen}.`,
  wrongNumber: (digits, example) => `Hatuwezi kutumia nambari hii. Andika tarakimu ${digits}, kwa mfano ${example}.`,
  chooseNetwork: 'Chagua mtandao wako.',
  couldNotSend: 'Hatukuweza kutuma ombi hili',
  couldNotSendText: 'Hakuna pesa iliyochukuliwa. Jaribu tena, au lipa kwa njia nyingine.',
  lockedLabel: 'Nambari yako ya pesa ya simu',
  lockedText: (merchant, owner) =>
    owner === null
      ? `Hii ndiyo nambari yako ambayo ${merchant} anayo. Ili kuibadilisha, uliza ${merchant}.`
      : `Hii ndiyo nambari ya ${owner} ambayo ${merchant} anayo. Ili kuibadilisha, uliza ${merchant}.`,
  notAnswering: (names) => `${listed(names)} ${names.length > 1 ? 'hazijibu' : 'haijibu'} kwa sasa`,
  notAnsweringText: 'Hatutumi maombi yanayoweza kupotea. Lipa kwa njia nyingine, au rudi baada ya dakika chache.',
  notWorkingNow: 'Haifanyi kazi sasa',
  noWay: 'Hakuna njia ya kulipa hapa kwa sasa',
  noWayText: (merchant) => `Rudi baada ya dakika chache, au uliza ${merchant}.`,

  // ── code ──
  codeTitle: 'Andika msimbo tuliotuma',
  codeText: (phone) =>
    phone === null ? html`Tumetuma SMS yenye tarakimu 6.` : html`Tumetuma SMS yenye tarakimu 6 kwa ${boldNum(phone)}.`,
  codeLabel: 'Msimbo kutoka kwenye SMS',
  codeUntil: (time) => html`Unafanya kazi hadi ${num(time)}.`,
  codeAction: (amount) => `Thibitisha na ulipe ${amount}`,
  codeNext: 'Kisha, simu yako inakuomba ukubali.',
  codeNotPin: 'Msimbo huu si PIN yako. Usimpe mtu yeyote PIN yako.',
  codeWrong: (triesLeft) =>
    `Msimbo huo si sahihi. Umebakiwa na ${triesLeft === 1 ? 'jaribio 1' : `majaribio ${triesLeft}`}.`,
  codeOver: 'Msimbo huo haufanyi kazi tena. Omba msimbo mpya.',
  codeIsNot: 'Msimbo huo si sahihi.',
  codeForTests: (code) => html`Hakuna SMS inayotumwa hapa. Msimbo ni ${boldNum(code)}.`,
  noSms: 'Hujapata SMS?',
  noSmsText: (time) => html`Inaweza kuchukua dakika moja. Unaweza kuomba msimbo mpya saa ${num(time)}.`,
  noSmsNow: 'Inaweza kuchukua dakika moja.',
  sendAgain: 'Tuma msimbo tena',
  sendNew: 'Tuma msimbo mpya',
  changeNumber: 'Badilisha nambari',

  // ── waiting ──
  approveTitle: 'Kubali kwenye simu yako',
  approveText: (phone) =>
    phone === null
      ? html`Tumetuma ombi kwenye simu yako. Andika PIN yako <b>kwenye simu hiyo</b>, si hapa.`
      : html`Tumetuma ombi kwa ${boldNum(phone)}. Andika PIN yako <b>kwenye simu hiyo</b>, si hapa.`,
  progress: 'Hatua',
  done: 'Imefanyika: ',
  now: 'Sasa: ',
  next: 'Kisha: ',
  sentTo: (network) => `Imetumwa kwa ${network}`,
  waitingForYou: 'Tunasubiri ukubali',
  confirms: (network) => `${network} inathibitisha`,
  timeLeft: 'Muda uliobaki',
  waitsUntil: (network, time) => html`${network} inasubiri hadi ${num(time)}`,
  waitingSaid: 'Ombi limetumwa. Tunasubiri ukubali kwenye simu yako.',
  approveOnlyIf: 'Kubali tu ikiwa simu inaonyesha vyote viwili:',
  to: 'Kwa',
  iApproved: 'Nimekubali',
  movesOn: 'Ukurasa huu unaendelea wenyewe.',
  looksAgain: (seconds) => `Unaangalia tena kila sekunde ${seconds}.`,
  asksPinThere: (network) => `Hatuulizi PIN yako kamwe hapa. ${network} inaiuliza kwenye simu yako.`,
  noRequest: 'Hakuna ombi kwenye simu?',
  phoneIsOn: 'Hakikisha simu imewashwa na ina mtandao.',
  closeMenus: 'Funga menyu nyingine yoyote iliyofunguliwa kwenye simu.',
  missedMenu: (dial: Html, first, second, payee) =>
    html`Piga ${dial}, chagua ${bold(first)}, kisha ${bold(second)}. Andika PIN yako hapo na uchague ${payee}.`,
  missedOpen: (dial: Html, wallet) =>
    html`Piga ${dial}. Ikiwa ${wallet} haifunguki, mtandao una tatizo: lipa kwa njia nyingine.`,
  missedSim: (dial: Html, first, second) =>
    html`Laini ya SIM ya zamani inaweza isionyeshe ombi. Piga ${dial}, chagua ${bold(first)}, kisha ${bold(second)}.`,
  stillNothing: (time) => html`Bado hakuna kitu? Subiri hadi ${num(time)}. Kisha unaweza kujaribu tena.`,
  wrongNumberTitle: 'Nambari si sahihi?',
  onlyOneOpen: (time) =>
    time === null
      ? html`Ombi moja tu linaweza kuwa wazi, ili mtu asilipe mara mbili. Hili linaisha ukibonyeza Ghairi kwenye simu hiyo.`
      : html`Ombi moja tu linaweza kuwa wazi, ili mtu asilipe mara mbili. Hili linaisha saa ${num(time)}, au ukibonyeza Ghairi kwenye simu hiyo.`,

  // ── offline ──
  offline: 'Huna intaneti',
  offlineText:
    'Bado unaweza kukubali: simu yako haihitaji intaneti kwa hilo. Ukurasa huu unaendelea utakaporudi mtandaoni.',

  // ── confirming, the card's page ──
  confirmingTitle: (network) => `${network} inathibitisha`,
  confirmingText: 'Hii inachukua sekunde chache. Usilipe tena.',
  youSaidApproved: 'Umetuambia kuwa umekubali',
  fewSeconds: 'sekunde chache',
  confirmingSaid: (network) => `${network} inathibitisha malipo yako. Usilipe tena.`,
  lookNow: 'Angalia sasa',
  notApprovedYet: 'Bado sijakubali',
  canClose: 'Unaweza kufunga ukurasa huu. Kiungo kinaendelea kufanya kazi.',

  // ── change ──
  stillOpen: 'Bado liko wazi',
  changeTitle: 'Ombi la kwanza bado liko wazi',
  changeText: (phone, time) =>
    html`Tukituma la pili sasa, unaweza kulipa mara mbili. Bonyeza Ghairi kwenye ${phone === null ? 'simu yako' : boldNum(phone)}, au subiri hadi liishe${time === null ? '' : html` saa ${num(time)}`}.`,
  changeBankText: (time) =>
    time === null
      ? html`Ukilipa kwa njia nyingine sasa, unaweza kulipa mara mbili. Usitume uhamisho.`
      : html`Ukilipa kwa njia nyingine sasa, unaweza kulipa mara mbili. Usitume uhamisho, na usubiri hadi akaunti ifungwe saa ${num(time)}.`,
  endsAt: (time) => html`Linaisha saa ${num(time)}`,
  iCancelled: 'Nimebonyeza Ghairi',
  keepWaiting: 'Endelea kusubiri',

  // ── checking ──
  notKnownYet: 'Bado haijulikani',
  checkingTitle: (network) => `Tunaulizia ${network}`,
  doNotPayYet: 'Usilipe tena kwa sasa.',
  hasNotTold: (network) => `${network} haijatuambia kama umelipa.`,
  timeEnded: 'Muda wa kukubali umeisha',
  asking: (network) => `Tunauliza ${network}`,
  last: (time) => `mara ya mwisho ${time}`,
  checkingSaid: (network) => `Tunaulizia ${network}. Usilipe tena kwa sasa.`,
  ifTaken: (network, owner) => `Ikiwa ${network} ilichukua pesa yako, inaingia kwenye ${ownerWallet(owner)}.`,
  checkNow: 'Angalia sasa hivi',
  asksAgain: (time) => html`Tunauliza tena saa ${num(time)}, kisha kila baada ya dakika chache.`,
  sending: 'Ombi lako liko njiani',

  // ── unknown ──
  unknownTitle: (network) => `${network} haijatujibu`,
  doNotPay: 'Usilipe tena.',
  personAsks: (network) => `Mtu sasa anauliza ${network} kuhusu malipo yako.`,
  ifNot: (merchant) => `Ikiwa hapana, unaweza kuanza tena kwa ${merchant}.`,
  answerBy: (time, day) => html`Utaona jibu hapa kabla ya saa ${num(time)}, ${day}. Kiungo kinaendelea kufanya kazi.`,
  tellNumber: (merchant) => `Mwambie ${merchant} nambari hii unapopiga simu`,
  tellNumberNoPhone: (merchant) => `Mwambie ${merchant} nambari hii unapouliza.`,

  // ── success, paid ──
  paid: 'Imelipwa',
  addedTitle: (amount, owner) => `${amount} imewekwa kwenye ${ownerWallet(owner)}`,
  added: (owner) => `Imewekwa kwenye ${ownerWallet(owner)}`,
  youPaid: 'Umelipa',
  newBalance: 'Salio jipya',
  receiptNumber: 'Nambari ya risiti',
  theirNumber: (network) => `Nambari ya ${network}`,
  paidFrom: 'Imelipwa kutoka',
  paidTo: 'Imelipwa kwa',
  when: 'Wakati',
  paidSaid: (amount, owner) => `Imelipwa. ${amount} imewekwa kwenye ${ownerWallet(owner)}.`,
  printReceipt: 'Chapisha au hifadhi risiti hii',
  alreadyPaidTitle: 'Hii tayari imelipwa',
  alreadyPaidText: 'Huhitaji kulipa tena.',

  // ── endings without money ──
  notPaid: 'Haijalipwa',
  timeRanOut: 'Muda umeisha',
  pleaseWait: 'Tafadhali subiri',
  ended: 'Imeisha',
  nothingTaken: 'Hakuna pesa iliyochukuliwa.',
  again: 'Tuma ombi tena',
  newRequest: 'Tuma ombi jipya',
  otherWay: 'Tumia nambari nyingine au njia nyingine ya kulipa',
  anotherWay: 'Lipa kwa njia nyingine',
  useOtherWay: 'Tumia njia nyingine',
  failures: {
    cancelled: {
      title: 'Ulighairi kwenye simu',
      todo: () => [
        'Unataka kulipa? Tuma ombi tena na uandike PIN yako.',
        'Hukubonyeza Ghairi? Huenda simu ilifunga ombi yenyewe.',
      ],
    },
    funds: {
      title: 'Pesa haitoshi',
      todo: () => ['Weka pesa kwa wakala, kisha tuma ombi tena.'],
    },
    pin: {
      title: 'PIN haikuwa sahihi',
      todo: () => ['Tuma ombi tena na uandike PIN polepole.', 'PIN zisizo sahihi nyingi hufunga pesa yako ya simu.'],
    },
    busy: {
      title: 'Ombi lingine liko wazi kwenye simu hii',
      todo: () => ['Maliza au funga menyu nyingine kwenye simu.', 'Subiri dakika 2, kisha tuma ombi tena.'],
    },
    phone: {
      title: 'Hatukuweza kuifikia simu',
      todo: (network) => [
        'Iwashe, au nenda mahali penye mtandao.',
        `Laini mbili za SIM? Hakikisha ile ya ${network} imewashwa.`,
      ],
    },
    limit: { title: 'Pesa ya simu hii imefika kikomo chake', todo: () => ['Jaribu tena kesho.'] },
    number: { title: '', todo: () => ['Angalia nambari na mtandao.'] },
    expired: {
      title: 'Hakuna aliyekubali kwa wakati',
      todo: () => ['Shika simu yako mkononi, kisha tuma ombi jipya.'],
    },
    refused: { title: 'Malipo hayakufaulu', todo: () => ['Jaribu tena, au lipa kwa njia nyingine.'] },
  },
  hasLessThan: (wallet, amount) => html`${wallet} hii ina chini ya ${num(amount)}.`,
  orAnother: (hasCard, hasBank) => `Au lipa kutoka nambari nyingine${otherWays(hasCard, hasBank)}.`,
  cannotSeePin: 'Hatuwezi kuona wala kubadilisha PIN yako.',
  forgotPin: (network, helpline: Html) =>
    html`Umeisahau? Piga simu kwa ${network} kupitia ${helpline}. Hatuwezi kuona wala kubadilisha PIN yako.`,
  oneAtATime: (network) => `${network} huonyesha moja kwa wakati mmoja.`,
  mayBeOff: (phone) =>
    phone === null
      ? html`Huenda imezimwa au haina mtandao.`
      : html`Huenda ${boldNum(phone)} imezimwa au haina mtandao.`,
  dayLimit: (network) => `${network} ina kikomo cha kiasi kinachoweza kulipwa kwa siku.`,
  noWalletTitle: (wallet) => `Nambari hii haina ${wallet}`,
  notKnownThere: (network, phone) =>
    phone === null
      ? html`${network} haiijui nambari hii kama nambari ya pesa ya simu.`
      : html`${network} haiijui ${boldNum(phone)} kama nambari ya pesa ya simu.`,
  closedAt: (network, time) => html`${network} ilifunga ombi saa ${num(time)}.`,
  gotSms: (network, owner) =>
    `Umepata SMS kutoka ${network} kwamba umelipa? Basi usilipe tena. Pesa itawekwa kwenye ${ownerWallet(owner)}.`,
  tooManyTitle: 'Maombi mengi mno kwa simu hii',
  tooManyText: 'Ili kulinda simu dhidi ya maombi yasiyotakiwa, tunatuma machache tu mfululizo.',
  tooManyAgain: (time) => html`Unaweza kutuma moja zaidi saa ${num(time)}.`,
  tooManyOther: (hasCard, hasBank) =>
    hasCard && hasBank
      ? 'Au lipa kwa kadi au kutoka benki yako sasa.'
      : hasCard
        ? 'Au lipa kwa kadi sasa.'
        : 'Au lipa kutoka benki yako sasa.',
  closedTitle: 'Kiungo hiki kimeisha',
  closedText: (merchant) => `Bado unataka kuweka pesa? Anza tena kwa ${merchant}.`,
  wasOpenUntil: (time, day) => html`Kilikuwa wazi hadi saa ${num(time)}, ${day}.`,

  // ── bank ──
  bankTitle: (amount) => `Tuma ${amount} kutoka benki yako`,
  bankLead: 'Tumia programu ya benki yako. Andika hasa kile unachokiona hapa.',
  accountNumber: 'Nambari ya akaunti',
  bankName: 'Benki',
  accountName: 'Jina',
  exactAmount: 'Kiasi kamili',
  openUntil: 'Akaunti iko wazi hadi',
  otherAmount: 'Kiasi kingine chochote lazima kikaguliwe na mtu, na huchukua muda zaidi.',
  iSentIt: 'Nimetuma',

  // ── no such link, and our own troubles ──
  missingTitle: 'Hakuna kitu hapa',
  missingText: 'Hakikisha kiungo chote kimenakiliwa. Au mwombe aliyekutumia akupe kipya.',
  troubleTitle: 'Kuna tatizo upande wetu',
  troubleText: 'Ikiwa umetuma malipo, usilipe tena: fungua kiungo tena baada ya dakika moja na uangalie.',
  tryAgain: 'Fungua ukurasa tena',
};
