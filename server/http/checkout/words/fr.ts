import { html } from 'hono/html';
import { bold, boldNum, type Html, num } from '../html';
import type { Words } from './en';

/** Le français d’Afrique de l’Ouest : on vouvoie, et l’on dit « code secret » pour le PIN. */
const toWallet = (owner: string | null): string =>
  owner === null ? 'à votre portefeuille' : `au portefeuille ${ofName(owner)}`;
const billWallet = (owner: string | null): string =>
  owner === null ? 'de votre portefeuille' : `du portefeuille ${ofName(owner)}`;

/** `d’Ama`, `de Kofi`: the vowel is left out before another. */
const ofName = (name: string): string => (/^[AEIOUYÀÂÉÈÊËÎÏÔÙÛÜ]/i.test(name) ? `d’${name}` : `de ${name}`);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`;

/** What else there is, at the end of a sentence. */
const otherWays = (hasCard: boolean, hasBank: boolean): string => {
  if (hasCard && hasBank) return ', par carte ou depuis votre banque';
  if (hasCard) return ' ou par carte';
  return hasBank ? ' ou depuis votre banque' : '';
};

export const fr: Words = {
  lang: 'fr',
  locale: 'fr-FR',

  // ── the frame ──
  pageTitle: (merchant, amount) => `Payer ${amount} à ${merchant}`,
  testMode: 'Mode test. Aucun argent réel ne bouge.',
  modeLabel: 'Mode',
  billLabel: 'Ce que vous payez',
  billLine: (owner) => `Recharge ${billWallet(owner)}`,
  fee: 'Frais',
  youPay: 'Vous payez',
  amount: 'Montant',
  paymentNumber: 'Numéro de paiement',
  helpCall: (merchant) => `Besoin d’aide ? Appelez ${merchant} :`,
  leave: (merchant) => `Annuler et revenir chez ${merchant}`,
  goBack: (merchant) => `Revenir chez ${merchant}`,

  // ── start, card, bank, phone, locked, unavailable ──
  howToPay: 'Comment voulez-vous payer ?',
  mobileMoney: 'Mobile money',
  network: 'Réseau',
  numberLabel: 'Numéro mobile money',
  networkNumberLabel: (network) => `Numéro ${network}`,
  numberHint: (digits, example) => html`${digits} chiffres. Exemple : ${num(example)}`,
  pay: (amount) => `Payer ${amount}`,
  untilYouApprove: 'L’argent ne part pas avant votre accord sur le téléphone.',
  neverAskPin: 'Nous ne demandons jamais votre code secret sur cette page.',
  card: 'Carte',
  cardKinds: 'Visa, Mastercard',
  cardText: (partner) =>
    `Vous tapez votre carte sur une page de ${partner}, notre partenaire pour les cartes. Ensuite vous revenez ici.`,
  cardAction: 'Aller à la page de la carte',
  youWillPay: (amount) => `Vous paierez ${amount}.`,
  bank: 'Virement bancaire',
  bankKinds: 'Depuis l’application de votre banque',
  bankText: (amount) =>
    `Nous vous montrons un numéro de compte. Vous y envoyez ${amount} depuis l’application de votre banque.`,
  bankAction: 'Montrer le numéro de compte',
  wrongNetwork: (prefix, theirs, chosen, isServed) =>
    isServed
      ? `${prefix} est un numéro ${theirs} et vous avez choisi ${chosen}. Choisissez ${theirs}, ou tapez votre numéro ${chosen}.`
      : `${prefix} est un numéro ${theirs} et vous avez choisi ${chosen}. Tapez votre numéro ${chosen}.`,
  wrongNumber: (digits, example) =>
    `Nous ne pouvons pas utiliser ce numéro. Tapez ${digits} chiffres, par exemple ${example}.`,
  chooseNetwork: 'Choisissez votre réseau.',
  couldNotSend: 'Nous n’avons pas pu envoyer cette demande',
  couldNotSendText: 'Aucun argent n’a été pris. Essayez encore, ou payez autrement.',
  lockedLabel: 'Votre numéro mobile money',
  lockedText: (merchant, owner) =>
    owner === null
      ? `C’est le numéro que ${merchant} a pour vous. Pour le changer, demandez à ${merchant}.`
      : `C’est le numéro que ${merchant} a pour ${owner}. Pour le changer, demandez à ${merchant}.`,
  notAnswering: (names) => `${listed(names)} ${names.length > 1 ? 'ne répondent' : 'ne répond'} pas en ce moment`,
  notAnsweringText:
    'Nous n’envoyons pas de demande qui peut se perdre. Payez autrement, ou revenez dans quelques minutes.',
  notWorkingNow: 'Ne marche pas en ce moment',
  noWay: 'On ne peut pas payer ici en ce moment',
  noWayText: (merchant) => `Revenez dans quelques minutes, ou demandez à ${merchant}.`,

  // ── code ──
  codeTitle: 'Tapez le code reçu',
  codeText: (phone) =>
    phone === null
      ? html`Nous avons envoyé un SMS avec 6 chiffres.`
      : html`Nous avons envoyé un SMS avec 6 chiffres au ${boldNum(phone)}.`,
  codeLabel: 'Code reçu par SMS',
  codeUntil: (time) => html`Il marche jusqu’à ${num(time)}.`,
  codeAction: (amount) => `Confirmer et payer ${amount}`,
  codeNext: 'Ensuite, votre téléphone vous demande votre accord.',
  codeNotPin: 'Ce code n’est pas votre code secret. Ne donnez jamais votre code secret.',
  codeWrong: (triesLeft) =>
    `Ce code n’est pas bon. Il vous reste ${triesLeft} ${triesLeft === 1 ? 'essai' : 'essais'}.`,
  codeOver: 'Ce code ne marche plus. Demandez un nouveau code.',
  codeIsNot: 'Ce code n’est pas bon.',
  codeForTests: (code) => html`Aucun SMS ne part d’ici. Le code est ${boldNum(code)}.`,
  noSms: 'Pas de SMS ?',
  noSmsText: (time) => html`Il peut mettre une minute. Vous pourrez demander un nouveau code à ${num(time)}.`,
  noSmsNow: 'Il peut mettre une minute.',
  sendAgain: 'Renvoyer le code',
  sendNew: 'Envoyer un nouveau code',
  changeNumber: 'Changer le numéro',

  // ── waiting ──
  approveTitle: 'Donnez votre accord sur le téléphone',
  approveText: (phone) =>
    phone === null
      ? html`Nous avons envoyé une demande à votre téléphone. Tapez votre code secret <b>sur ce téléphone</b>, pas ici.`
      : html`Nous avons envoyé une demande au ${boldNum(phone)}. Tapez votre code secret <b>sur ce téléphone</b>, pas ici.`,
  progress: 'Avancement',
  done: 'Fait : ',
  now: 'En cours : ',
  next: 'Ensuite : ',
  sentTo: (network) => `Envoyé à ${network}`,
  waitingForYou: 'Nous attendons votre accord',
  confirms: (network) => `${network} confirme`,
  timeLeft: 'Temps restant',
  waitsUntil: (network, time) => html`${network} attend jusqu’à ${num(time)}`,
  waitingSaid: 'Demande envoyée. Nous attendons votre accord sur le téléphone.',
  approveOnlyIf: 'Donnez votre accord seulement si le téléphone montre les deux :',
  to: 'À',
  iApproved: 'J’ai donné mon accord',
  movesOn: 'Cette page avance toute seule.',
  looksAgain: (seconds) => `Elle regarde de nouveau toutes les ${seconds} secondes.`,
  asksPinThere: (network) =>
    `Nous ne demandons jamais votre code secret ici. ${network} le demande sur votre téléphone.`,
  noRequest: 'Pas de demande sur le téléphone ?',
  phoneIsOn: 'Vérifiez que le téléphone est allumé et qu’il a du réseau.',
  closeMenus: 'Fermez tout autre menu ouvert dessus.',
  missedMenu: (dial: Html, first, second, payee) =>
    html`Composez ${dial}, choisissez ${bold(first)}, puis ${bold(second)}. Tapez-y votre code secret et choisissez ${payee}.`,
  missedOpen: (dial: Html, wallet) =>
    html`Composez ${dial}. Si ${wallet} ne s’ouvre pas, le réseau a un problème : payez autrement.`,
  missedSim: (dial: Html, first, second) =>
    html`Une vieille carte SIM peut ne pas la montrer. Composez ${dial}, choisissez ${bold(first)}, puis ${bold(second)}.`,
  stillNothing: (time) => html`Toujours rien ? Attendez jusqu’à ${num(time)}. Vous pourrez alors réessayer.`,
  wrongNumberTitle: 'Mauvais numéro ?',
  onlyOneOpen: (time) =>
    time === null
      ? html`Une seule demande peut être ouverte, pour que personne ne paie deux fois. Celle-ci finit quand vous appuyez sur Annuler sur ce téléphone.`
      : html`Une seule demande peut être ouverte, pour que personne ne paie deux fois. Celle-ci finit à ${num(time)}, ou quand vous appuyez sur Annuler sur ce téléphone.`,

  // ── offline ──
  offline: 'Vous êtes hors connexion',
  offlineText:
    'Vous pouvez quand même donner votre accord : votre téléphone n’a pas besoin d’internet pour cela. Cette page se met à jour à votre retour.',

  // ── confirming, the card's page ──
  confirmingTitle: (network) => `${network} est en train de confirmer`,
  confirmingText: 'Cela prend quelques secondes. Ne payez pas une deuxième fois.',
  youSaidApproved: 'Vous nous avez dit que vous avez donné votre accord',
  fewSeconds: 'quelques secondes',
  confirmingSaid: (network) => `${network} est en train de confirmer votre paiement. Ne payez pas une deuxième fois.`,
  lookNow: 'Regarder maintenant',
  notApprovedYet: 'Je n’ai pas encore donné mon accord',
  canClose: 'Vous pouvez fermer cette page. Le lien continue de marcher.',

  // ── change ──
  stillOpen: 'Encore ouverte',
  changeTitle: 'La première demande est encore ouverte',
  changeText: (phone, time) =>
    html`Si nous en envoyons une deuxième maintenant, vous pourriez payer deux fois. Appuyez sur Annuler sur ${phone === null ? 'votre téléphone' : html`le ${boldNum(phone)}`}, ou attendez qu’elle finisse${time === null ? '' : html` à ${num(time)}`}.`,
  changeBankText: (time) =>
    time === null
      ? html`Si vous payez autrement maintenant, vous pourriez payer deux fois. N’envoyez pas le virement.`
      : html`Si vous payez autrement maintenant, vous pourriez payer deux fois. N’envoyez pas le virement, et attendez que le compte ferme à ${num(time)}.`,
  endsAt: (time) => html`Elle finit à ${num(time)}`,
  iCancelled: 'J’ai appuyé sur Annuler',
  keepWaiting: 'Continuer d’attendre',

  // ── checking ──
  notKnownYet: 'Pas encore connu',
  checkingTitle: (network) => `Nous vérifions avec ${network}`,
  doNotPayYet: 'Ne payez pas encore une deuxième fois.',
  hasNotTold: (network) => `${network} ne nous a pas dit si vous avez payé.`,
  timeEnded: 'Le temps pour donner votre accord est fini',
  asking: (network) => `Nous demandons à ${network}`,
  last: (time) => `dernière fois ${time}`,
  checkingSaid: (network) => `Nous vérifions avec ${network}. Ne payez pas encore une deuxième fois.`,
  ifTaken: (network, owner) => `Si ${network} a pris votre argent, il va ${toWallet(owner)}.`,
  checkNow: 'Vérifier maintenant',
  asksAgain: (time) => html`Nous demandons de nouveau à ${num(time)}, puis toutes les quelques minutes.`,
  sending: 'Votre demande est en route',

  // ── unknown ──
  unknownTitle: (network) => `${network} ne nous a pas répondu`,
  doNotPay: 'Ne payez pas une deuxième fois.',
  personAsks: (network) => `Une personne demande maintenant à ${network} ce qu’il en est de votre paiement.`,
  ifNot: (merchant) => `Sinon, vous pourrez recommencer chez ${merchant}.`,
  answerBy: (time, day) => html`Vous verrez la réponse ici avant ${num(time)}, ${day}. Le lien continue de marcher.`,
  tellNumber: (merchant) => `Donnez ce numéro à ${merchant} quand vous appelez`,
  tellNumberNoPhone: (merchant) => `Donnez ce numéro à ${merchant} quand vous demandez.`,

  // ── success, paid ──
  paid: 'Payé',
  addedTitle: (amount, owner) => `${amount} ajoutés ${toWallet(owner)}`,
  added: (owner) => `Ajouté ${toWallet(owner)}`,
  youPaid: 'Vous avez payé',
  newBalance: 'Nouveau solde',
  receiptNumber: 'Numéro du reçu',
  theirNumber: (network) => `Numéro chez ${network}`,
  paidFrom: 'Payé avec',
  paidTo: 'Payé à',
  when: 'Quand',
  paidSaid: (amount, owner) => `Payé. ${amount} ajoutés ${toWallet(owner)}.`,
  printReceipt: 'Imprimer ou garder ce reçu',
  alreadyPaidTitle: 'C’est déjà payé',
  alreadyPaidText: 'Vous n’avez pas besoin de payer une deuxième fois.',

  // ── endings without money ──
  notPaid: 'Pas payé',
  timeRanOut: 'Temps écoulé',
  pleaseWait: 'Veuillez attendre',
  ended: 'Terminé',
  nothingTaken: 'Aucun argent n’a été pris.',
  again: 'Renvoyer la demande',
  newRequest: 'Envoyer une nouvelle demande',
  otherWay: 'Utiliser un autre numéro ou payer autrement',
  anotherWay: 'Payer autrement',
  useOtherWay: 'Payer d’une autre façon',
  failures: {
    cancelled: {
      title: 'Vous avez annulé sur le téléphone',
      todo: () => [
        'Vous voulez payer ? Renvoyez la demande et tapez votre code secret.',
        'Vous n’avez pas appuyé sur Annuler ? Le téléphone a peut-être fermé la demande tout seul.',
      ],
    },
    funds: {
      title: 'Pas assez d’argent',
      todo: () => ['Déposez de l’argent chez un agent, puis renvoyez la demande.'],
    },
    pin: {
      title: 'Le code secret n’était pas bon',
      todo: () => [
        'Renvoyez la demande et tapez le code secret lentement.',
        'Trop de mauvais codes bloquent votre compte mobile money.',
      ],
    },
    busy: {
      title: 'Une autre demande est ouverte sur ce téléphone',
      todo: () => [
        'Finissez ou fermez l’autre menu sur le téléphone.',
        'Attendez 2 minutes, puis renvoyez la demande.',
      ],
    },
    phone: {
      title: 'Nous n’avons pas pu joindre le téléphone',
      todo: (network) => [
        'Allumez-le, ou allez là où il y a du réseau.',
        `Deux cartes SIM ? Vérifiez que celle de ${network} est active.`,
      ],
    },
    limit: { title: 'Ce compte mobile money a atteint sa limite', todo: () => ['Essayez encore demain.'] },
    number: { title: '', todo: () => ['Vérifiez le numéro et le réseau.'] },
    expired: {
      title: 'Personne n’a donné son accord à temps',
      todo: () => ['Ayez votre téléphone en main, puis envoyez une nouvelle demande.'],
    },
    refused: { title: 'Le paiement n’est pas passé', todo: () => ['Essayez encore, ou payez autrement.'] },
  },
  hasLessThan: (wallet, amount) => html`Ce compte ${wallet} a moins de ${num(amount)}.`,
  orAnother: (hasCard, hasBank) => `Ou payez avec un autre numéro${otherWays(hasCard, hasBank)}.`,
  cannotSeePin: 'Nous ne pouvons ni voir ni changer votre code secret.',
  forgotPin: (network, helpline: Html) =>
    html`Oublié ? Appelez ${network} au ${helpline}. Nous ne pouvons ni voir ni changer votre code secret.`,
  oneAtATime: (network) => `${network} en montre une à la fois.`,
  mayBeOff: (phone) =>
    phone === null
      ? html`Il est peut-être éteint ou sans réseau.`
      : html`Le ${boldNum(phone)} est peut-être éteint ou sans réseau.`,
  dayLimit: (network) => `${network} limite ce qu’on peut payer en un jour.`,
  noWalletTitle: (wallet) => `Ce numéro n’a pas de compte ${wallet}`,
  notKnownThere: (network, phone) =>
    phone === null
      ? html`${network} ne connaît pas ce numéro comme un numéro mobile money.`
      : html`${network} ne connaît pas le ${boldNum(phone)} comme un numéro mobile money.`,
  closedAt: (network, time) => html`${network} a fermé la demande à ${num(time)}.`,
  gotSms: (network, owner) =>
    `Un SMS de ${network} dit que vous avez payé ? Alors ne payez pas une deuxième fois. L’argent sera ajouté ${toWallet(owner)}.`,
  tooManyTitle: 'Trop de demandes vers ce téléphone',
  tooManyText:
    'Pour protéger les téléphones des demandes que personne n’a voulues, nous n’en envoyons que quelques-unes de suite.',
  tooManyAgain: (time) => html`Vous pourrez en envoyer une de plus à ${num(time)}.`,
  tooManyOther: (hasCard, hasBank) =>
    hasCard && hasBank
      ? 'Ou payez maintenant par carte ou depuis votre banque.'
      : hasCard
        ? 'Ou payez maintenant par carte.'
        : 'Ou payez maintenant depuis votre banque.',
  closedTitle: 'Ce lien est terminé',
  closedText: (merchant) => `Vous voulez encore recharger ? Recommencez chez ${merchant}.`,
  wasOpenUntil: (time, day) => html`Il était ouvert jusqu’à ${num(time)}, ${day}.`,

  // ── bank ──
  bankTitle: (amount) => `Envoyez ${amount} depuis votre banque`,
  bankLead: 'Utilisez l’application de votre banque. Tapez exactement ce que vous voyez ici.',
  accountNumber: 'Numéro de compte',
  bankName: 'Banque',
  accountName: 'Nom',
  exactAmount: 'Montant exact',
  openUntil: 'Compte ouvert jusqu’à',
  otherAmount: 'Tout autre montant doit être vérifié par une personne et prend plus de temps.',
  iSentIt: 'Je l’ai envoyé',

  // ── no such link, and our own troubles ──
  missingTitle: 'Il n’y a rien ici',
  missingText:
    'Vérifiez que le lien a été copié en entier. Ou demandez-en un nouveau à la personne qui vous l’a envoyé.',
  troubleTitle: 'Quelque chose ne va pas chez nous',
  troubleText:
    'Si vous avez envoyé un paiement, ne payez pas une deuxième fois : rouvrez le lien dans une minute et regardez.',
  tryAgain: 'Rouvrir la page',
};
