/** The words of which senders make the names of their events, in small letters and without accents. */
const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Forms of the words for what was taken back, by what they are forms of; those of other languages are among them. */
export const reversalForms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    refund:
      'refund refunds refunded refunding refunder rfnd moneyback reembolso reembolsos reembolsado reembolsada estorno estornado remboursement ' +
      'rembourse remboursee rimborso rimborsato zwrot zwrocono refundacja ruckerstattung rueckerstattung erstattung erstattet ruckzahlung ' +
      'devolucion devolucao terugbetaling aterbetalning tilbagebetaling iade возврат возвращен возвращено 退款 返金 환불',
    chargeback: 'chargeback chargebacks chargedback chgback chgbk cgbk ruckbuchung rucklastschrift contracargo',
    reversal: 'reversal reversals reversed reverse',
    clawback: 'clawback clawbacks clawedback',
  }).flatMap(([root, forms]) => forms.split(' ').map((form): [string, string] => [foldLetters(form), root])),
);

/** A root that is also an adjective: `reverse_mortgage` is about nothing that was taken back. */
export const adjectives = setOf('reverse');

/** Words that are written without blanks between them: each is a part at any place. */
export const unspacedWords = /退款|返金|환불/g;

/** Parts that name the thing taken back, or confirm it: they do not change the meaning of another part. */
export const plainParts = setOf(
  'order orders sale sales payment payments purchase purchases charge transaction txn conversion invoice capture checkout product item ' +
    'deal lead action booking subscription created issued completed complete succeeded success successful processed approved done ' +
    'received new full fully partial partially event notification status recorded made auto monthly annual yearly weekly',
);

/** The same beside a word for what was taken back. */
export const plainBesideReversal = setOf(
  'on in of for at by is was has been be to the a app af paid pay create make lost money customer client user buyer merchant seller ' +
    'rebill rebills renewal renewals recurring ftd deposit deposits trial installment instalment card bank cash manual total webhook type ' +
    'parcial parcialmente partiel partielle teilweise parziale part',
);

/** Products around refunds, named after them: `refund_protection_purchase`. */
export const soldAboutReversals = setOf('protection protect guarantee guaranteed prevention calculator advance');

/** That there is none, named before it: `no_refund_sale`. */
export const negations = setOf('no non without');

/** Parts that say that only some of it was taken back. */
export const partialParts = setOf('partial partially part parcial parcialmente partiel partielle teilweise parziale');

/** Parts that cancel any kind of conversion. */
export const cancelParts = setOf(
  'cancel cancels cancelled canceled cancelling canceling cancellation cancelation void voids voided annul annulled annuled annulment ' +
    'annulation annule annulee annullato annullamento anulowano storno stornos storniert stornierung cancelado cancelada cancelamento ' +
    'отменен отменено отмена',
);

/** Words for a cancellation that mean nothing else in any language. */
export const plainCancellations = /^(?:annul|anulowan|storno|storni|cancelad|cancelament|отмен)/;

/** Parts that reject an order or a lead; for a payment they mean that it never happened. */
export const declineParts = setOf(
  'reject rejected rejection decline declined denied returned return returns scrub scrubbed invalid invalidated disapproved retract ' +
    'retracted retraction trash trashed fraud fraudulent',
);

/** Conversions that a cancellation ends. A cancelled subscription or trial takes nothing back. */
export const cancellable = setOf(
  'order orders sale sales purchase transaction conversion lead action booking item product deal',
);

/** Money whose cancellation says that it does not come, or goes back. */
export const cancellableMoney = setOf(
  'payment payments deposit deposits invoice charge capture authorization authorisation checkout bonus ftd',
);

/** The person who acted, and small words: they do not change the meaning of a rejection. */
export const particles = setOf(
  'on in of for at is was has been be to the a by af app event notification status webhook type',
);
export const agents = setOf('customer client user buyer merchant seller admin system bank');

/** A payment that failed, and may yet succeed. */
const failing =
  'fail fails failed failing failure refused missed unpaid overdue abandoned expired pending unapproved unconfirmed';
const lasting = 'unsuccessful blocked bounced uncollectible disputed';
const passing = 'due abandon abandonment lapsed hold held onhold awaiting unverified';

/** Parts by which nothing was earned yet, or is not any more, or is in question. */
export const failureParts = setOf(
  `${failing} ${lasting} ${passing} suspended stopped error errored insufficient unsettled expire expires expiration lost deleted delete deletion ` +
    'incomplete not dispute disputes duplicate duplicated dupe spam junk withdrawal withdrawals withdraw withdrawn',
);

/** Those of them that leave nothing open beside a word for money, whatever else is said. */
export const plainFailures = setOf(`${failing} ${lasting} declined denied rejected returned voided cancelled canceled`);

/** The payment that is spoken of where it failed, is open, or was cancelled. */
export const moneyNouns = setOf(
  'payment payments charge charges invoice invoices order orders sale sales purchase purchases transaction transactions txn deposit deposits ftd ' +
    'installment instalment installments checkout capture authorization authorisation conversion rebill renewal',
);

/** Other nouns beside the payment. */
export const otherNouns = setOf(
  'trial membership plan account registration signup reg install application bonus cart basket session funds kyc verification requires ' +
    'required attempt recurring recurrent renewals rebills card bank confirmed paid accepted settled funded',
);

/** Temporary failures: a later success counts, as in `failed_payment_recovered`. */
export const passingFailures = setOf(`${failing} ${passing} declined`);

/** Parts for a success in the end. */
export const successes = setOf(
  'recovered recovery recover rescued saved winback reactivated retried resolved paid approved completed complete succeeded success ' +
    'successful confirmed released accepted settled received captured',
);

/** Parts that leave open whether anything was taken back. */
export const doubtfulParts = setOf(
  'request requested requests initiated opened open won updated update warning alert closed close review reinstated withdrawn',
);

export const renewalParts = setOf(
  'rebill rebills rebilled rebilling renewal renewals renew renewed recurring recurrent',
);

/** Small letters without accents, so that both ways of writing an accent are one. */
export function foldLetters(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}
