import { duplicateModes } from '../../lambdas/domain/values/duplicate-mode';
import { synthesized } from './assembly';
import { clientOf, open, type Client, type Json } from './client';
import { eventually } from './eventually';
import { insiderOf, type Insider } from './insider';
import { startLocalStack, type LocalStack } from './local-stack';

jest.setTimeout(60_000);

const day = 24 * 60 * 60 * 1000;
let stack: LocalStack;
let client: Client;
let insider: Insider;
const campaigns = new Map<string, Promise<string>>();

beforeAll(async () => {
  const assembly = await synthesized('dev');
  stack = await startLocalStack({ assembly });
  client = clientOf(stack);
  insider = await insiderOf(stack, assembly);
});
afterAll(() => stack.remove());

/** Settings of integration and campaign; `age`: days since the click. */
interface Settings {
  readonly integration?: object;
  readonly campaign?: object;
  readonly age?: number;
}

/**
 * What happens, parted by ` ; `: queries of postbacks, or one of the words below. `@-60` is a time of 60 s ago, and a word after `=>` the
 * reason that is answered. Then what is right: `event#transaction status amount currency` of each conversion.
 */
type Sequence = readonly [name: string, sent: string, right: string, settings: Settings];

/** Runs a sequence, and answers the reasons that differ from those it names, then the conversions that there are. */
async function outcomeOf(sent: string, { integration = {}, campaign = {}, age }: Settings): Promise<string> {
  // What changes its settings has a campaign of its own.
  const key = /(?:set|repoint):/.test(sent) ? sent : JSON.stringify([integration, campaign]);
  const made = campaigns.get(key) ?? client.campaign({ integration, campaign });
  campaigns.set(key, made);
  const id = await made;
  const clickid = age === undefined ? await client.click(id) : await insider.storeClick(id, Date.now() - age * day);
  const odd: string[] = [];
  let other = '';
  const queryOf = (text: string): string =>
    text.replace(/@-(\d+)/g, (_all, seconds) => String(Math.floor(Date.now() / 1000) - Number(seconds)));
  async function put(path: string, document: object): Promise<void> {
    const { status, text } = await client.admin('PUT', path, document);
    if (status >= 300) throw new Error(`PUT ${path}: ${status} ${text}`);
  }
  async function send(text: string, path: string): Promise<void> {
    const [query = '', reason] = text.split(' => ');
    const { body } = await client.call(`${path}?clickid=${clickid}&${queryOf(query)}`);
    if (reason !== undefined && body['reason'] !== reason) odd.push(`${query} => ${String(body['reason'])}`);
  }
  async function sendBatch(texts: readonly string[]): Promise<void> {
    const rows = texts.map((text) => ({ clickid, ...Object.fromEntries(new URLSearchParams(queryOf(text))) }));
    const { body } = await client.call(`/postbacks/${id}`, { method: 'POST', body: JSON.stringify(rows) });
    for (const { requestId } of body['rows'] as readonly Json[]) {
      await eventually('a row is judged', async () => {
        const { reason = 'PENDING_BATCH' } = await client.logRow(requestId);
        return reason !== 'PENDING_BATCH';
      });
    }
  }
  for (const step of sent.split(' ; ')) {
    const [, word = '', rest = ''] = /^(?:(\w+):(?: |$))?(.*)$/.exec(step) ?? [];
    if (word === 'erase') await client.admin('DELETE', `/clicks/${clickid}`);
    else if (word === 'repoint') {
      other = await client.campaign();
      await put(`/campaigns/${id}`, { ...(await client.admin('GET', `/campaigns/${id}`)).body, integration: other });
    } else if (word === 'other') await send(rest, `/postback/${other}`);
    else if (word === 'click') await send(rest, '/postback');
    else if (word === 'batch') await sendBatch(rest.split(' , '));
    else if (word === 'set') {
      const document = { name: id, preset: 'generic', currency: 'USD', auth: open, ...integration };
      await put(`/integrations/${id}`, { ...document, ...JSON.parse(rest) });
    } else await send(rest, `/postback/${id}`);
  }
  const rows = (await client.conversions(clickid)).map(
    ({ event, transactionId = '', status, amount = 'none', currency = 'none' }) =>
      `${String(event)}#${String(transactionId)} ${String(status)} ${String(amount)} ${String(currency)}`,
  );
  return [...odd, ...rows.sort()].join('; ');
}

const mode = (one: string): Settings => ({ integration: { duplicates: { default: one } } });
const preset = (one: string): Settings => ({ integration: { preset: one } });

/** The settings that sequences name; `age` puts the click beyond the window. */
const settingsOf: Readonly<Record<string, Settings>> = {
  ...Object.fromEntries(duplicateModes.map((one) => [one, mode(one)])),
  ...Object.fromEntries(['keitaro', 'affise', 'binom', 'impact', 'tune'].map((one) => [one, preset(one)])),
  'tune, corrections': { integration: { preset: 'tune', adjustments: true } },
  'upsells add up': { integration: { duplicates: { default: 'ignore', events: { upsell: 'increment' } } } },
  whole: { integration: { reversals: 'whole' } },
  payout: { campaign: { payout: { amount: '20', currency: 'USD' } } },
  'payout in EUR': { campaign: { payout: { amount: '20', currency: 'EUR' } } },
  'old click': { age: 95 },
};

function sequencesIn(table: string): readonly Sequence[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', sent = '', right = '', settings] = line.trim().split(' | ');
      return [name, sent, right, settings === undefined ? {} : (settingsOf[settings] ?? fail(settings))];
    });
}

function fail(settings: string): never {
  throw new Error(`no settings are called "${settings}"`);
}

const inEveryMode = sequencesIn(`
  the payout comes with the approval | txid=1&status=pending ; txid=1&status=approved&amount=50 | conversion#1 approved 50 USD
  an amount named replaces the payout | txid=1&status=pending ; txid=1&status=approved&amount=30 | conversion#1 approved 30 USD | payout
  a late pending takes nothing away | txid=1&amount=50&status=approved&timestamp=@-10 ; txid=1&status=pending&timestamp=@-600 | conversion#1 approved 50 USD
  a retry counts once | txid=1&amount=10 ; txid=1&amount=10 => OK_DUPLICATE ; txid=1&amount=10 | conversion#1 approved 10 USD
  a retry by POST and GET | txid=1&amount=10&n=1 ; txid=1&amount=10&status=reversed | conversion#1 reversed 10 USD
  a refund of all | txid=1&amount=10 ; txid=1&status=reversed => OK_UPDATED | conversion#1 reversed 10 USD
  a refund of a part | txid=1&amount=10 ; txid=1&status=reversed&amount=4 => OK_UPDATED | conversion#1 approved 6 USD
  a refund before its sale | txid=1&status=reversed ; txid=1&amount=10 | conversion#1 reversed 10 USD
  a refund event before its sale | txid=1&event=refund&amount=4 ; txid=1&event=sale&amount=10 | sale#1 approved 6 USD
  rejected, then approved after all | txid=1&amount=10&status=rejected ; txid=1&status=approved | conversion#1 approved 10 USD
  approved before its pending | txid=1&status=approved&amount=10 ; txid=1&status=pending => TRANSITION_REFUSED | conversion#1 approved 10 USD
  a change of nothing but status after the erasure | txid=1&amount=10&status=pending ; erase: ; txid=1&status=approved => OK_UPDATED | conversion#1 approved 10 USD
  another currency is not added | txid=1&amount=10&currency=EUR&status=pending ; txid=1&status=approved | conversion#1 approved 10 EUR
`);

const sequences = sequencesIn(`
  ignore: the first stands | txid=1&amount=10 ; txid=1&amount=15 => CONFLICTING_DUPLICATE | conversion#1 approved 10 USD
  update: the last counts | txid=1&amount=10 ; txid=1&amount=15 | conversion#1 approved 15 USD | update
  increment: they add up | txid=1&amount=10 ; txid=1&amount=15 ; txid=1&amount=15&n=2 | conversion#1 approved 40 USD | increment
  increment: not with a status | txid=1&amount=10&status=pending ; txid=1&amount=10&status=approved ; txid=1&amount=5 | conversion#1 approved 15 USD | increment
  separate: each counts | txid=1&amount=10 ; txid=1&amount=15 | conversion#1 approved 10 USD; conversion#1 approved 15 USD | separate
  separate-flagged: each counts | amount=10 ; amount=15 | conversion# approved 10 USD; conversion# approved 15 USD | separate-flagged
  ignore-by-transaction: with one | txid=1&amount=10 ; txid=1&amount=15 | conversion#1 approved 10 USD | ignore-by-transaction
  ignore-by-transaction: without | amount=10 ; amount=15 | conversion# approved 10 USD; conversion# approved 15 USD | ignore-by-transaction
  a mode of the event | event=upsell&amount=10 ; event=upsell&amount=5 ; amount=1 ; amount=2 | conversion# approved 1 USD; upsell# approved 15 USD | upsells add up
  the mode changes in between | txid=1&amount=10 ; set: {"duplicates":{"default":"increment"}} ; txid=1&amount=5 ; txid=1&amount=10 | conversion#1 approved 15 USD
  keitaro: lead of 0, then sale | tid=1&status=lead&payout=0 ; tid=1&status=sale&payout=50 | conversion#1 approved 50 USD | keitaro
  keitaro: sale, then lead late | tid=1&status=sale&payout=50 ; tid=1&status=lead&payout=0 | conversion#1 approved 50 USD | keitaro
  keitaro: lead, rejected, sale | tid=1&status=lead&payout=0 ; tid=1&status=rejected&payout=0 ; tid=1&status=sale&payout=7 | conversion#1 approved 7 USD | keitaro
  keitaro: rebill with a tid of its own | tid=1&status=sale&payout=50 ; tid=2&status=rebill&payout=10 | conversion#1 approved 50 USD; conversion#2 approved 10 USD | keitaro
  keitaro: sale, then rejected with 0 | tid=1&status=sale&payout=50 ; tid=1&status=rejected&payout=0 | conversion#1 rejected 0 USD | keitaro
  affise: hold of 0, then approved | action_id=1&status=2&sum=0 ; action_id=1&status=1&sum=30 | conversion#1 approved 30 USD | affise
  affise: approved, hold late | action_id=1&status=1&sum=30 ; action_id=1&status=2&sum=0 | conversion#1 approved 30 USD | affise
  affise: pending, declined, approved | action_id=1&status=2&sum=30 ; action_id=1&status=3&sum=30 ; action_id=1&status=1&sum=30 | conversion#1 approved 30 USD | affise
  affise: two goals | goal=1&status=2&sum=1 ; goal=2&status=1&sum=5 ; goal=1&status=1&sum=2 | 1# approved 2 USD; 2# approved 5 USD | affise
  binom: hold, then approve | payout=0&cnv_status=hold ; payout=12.5&cnv_status=approve | conversion# approved 12.5 USD | binom
  binom: reject of what was approved | payout=12.5&cnv_status=approve ; payout=12.5&cnv_status=reject | conversion# rejected 12.5 USD | binom
  binom: a trash word, then its sale | payout=3&cnv_status=trash ; payout=4&cnv_status=1&cnv_currency=EUR | conversion# approved 4 EUR | binom
  impact: pending, modified, locked | ActionId=1&Status=PENDING&Payout=10 ; ActionId=1&Status=PENDING&Payout=12 ; ActionId=1&Status=LOCKED&Payout=12 | conversion#1 approved 12 USD | impact
  impact: reversed before it locks | ActionId=1&Status=PENDING&Payout=10 ; ActionId=1&Status=REVERSED&Payout=0 | conversion#1 rejected 0 USD | impact
  impact: locked, then reversed | ActionId=1&Status=APPROVED&Payout=10 ; ActionId=1&Status=REVERSED | conversion#1 rejected 10 USD | impact
  tune: pending, then approved with the payout | adv_sub=1&status=pending ; adv_sub=1&status=approved&payout=5 | conversion#1 approved 5 USD | tune
  tune: the same goal twice | adv_sub=1&goal_id=3&payout=5 ; adv_sub=1&goal_id=3&payout=6 | 3#1 approved 5 USD | tune
  tune: a negative adjustment of the approved | adv_sub=1&payout=5 ; adv_sub=1&payout=-2 | conversion#1 approved 3 USD | tune, corrections
  separate: the first amount of a transaction | txid=1 ; txid=1&amount=50 => OK_UPDATED | conversion#1 approved 50 USD | separate
  separate: a refund of 20 before the row of 20 | amount=10 ; event=refund&amount=20 ; amount=20 | conversion# approved 10 USD; conversion# reversed 20 USD | separate
  separate: a sale after the refund of another | amount=20&status=approved ; event=refund ; amount=10&status=approved | conversion# approved 10 USD; conversion# reversed 20 USD | separate
  a registration, a chargeback, a deposit | event=registration ; event=chargeback ; event=deposit&amount=100 | deposit# reversed 100 USD; registration# approved none USD
  rows of one file that reverse and approve | batch: txid=1&status=reversed&amount=10 , txid=1&status=approved&amount=10 | conversion#1 approved 10 USD
  a renewal that fails | event=rebill&amount=9&timestamp=@-5184000 ; event=rebill&status=rejected&timestamp=@-2592000 | rebill# approved 9 USD; rebill# rejected none USD
  a renewal after a refund | event=rebill&amount=9&timestamp=@-5184000 ; event=rebill&status=refund&timestamp=@-2600000 ; event=rebill&status=approved&amount=12&timestamp=@-2592000 | rebill# approved 12 USD; rebill# reversed 9 USD
  approved after the window | txid=1&status=pending&timestamp=@-7344000 ; txid=1&status=approved&amount=50 => OK_UPDATED ; txid=2&amount=1 => CLICK_EXPIRED | conversion#1 approved 50 USD | old click
  a chargeback after the window | txid=1&amount=50&timestamp=@-7344000 ; event=chargeback&txid=1 => OK_UPDATED | conversion#1 reversed 50 USD | old click
  a refund says its time before the sale | txid=1&amount=50&timestamp=@-100 ; txid=1&status=refund&timestamp=@-200 | conversion#1 reversed 50 USD
  a sale again, later than its refund | txid=1&amount=50&timestamp=@-300 ; txid=1&status=refund&timestamp=@-200 ; txid=1&amount=50&status=approved&timestamp=@-100 | conversion#1 approved 50 USD
  the same in the other order | txid=1&amount=50&status=approved&timestamp=@-100 ; txid=1&status=refund&timestamp=@-200 ; txid=1&amount=50&timestamp=@-300 | conversion#1 approved 50 USD
  a retry of the sale after its refund | txid=1&amount=50&status=paid ; txid=1&status=refund ; txid=1&amount=50&status=paid => OK_STALE | conversion#1 reversed 50 USD
  a refund of what is pending, which is approved then | txid=1&amount=50&status=pending ; txid=1&status=refund ; txid=1&status=approved | conversion#1 reversed 50 USD
  a refund of what was rejected | txid=1&amount=50&status=rejected ; txid=1&status=refund => TRANSITION_REFUSED | conversion#1 rejected 50 USD
  two parts, then the rest | txid=1&amount=100 ; txid=1&event=refund&amount=30 ; txid=1&event=refund&amount=30&n=2 ; txid=1&event=refund&amount=40 | conversion#1 reversed 40 USD
  one part sent twice | txid=1&amount=100 ; txid=1&event=refund&amount=30 ; txid=1&event=refund&amount=30 | conversion#1 approved 70 USD
  parts under IDs of their own | txid=1&event=sale&amount=100 ; txid=R1&event=refund&amount=30 ; txid=R2&event=refund&amount=30 | sale#1 approved 40 USD
  a negative one | txid=1&amount=100 ; txid=1&status=refund&amount=-30 | conversion#1 approved 70 USD
  a negative one of what is rejected | txid=1&amount=100 ; txid=1&status=rejected&amount=-30 | conversion#1 approved 70 USD
  a part where every refund is whole | txid=1&amount=100 ; txid=1&status=refund&amount=30 | conversion#1 reversed 100 USD | whole
  by the order, of another event | event=sale&order_id=A&amount=50 ; event=sale&order_id=B&amount=60 ; event=refund&order_id=B | sale#A approved 50 USD; sale#B reversed 60 USD
  by status alone, of another event | event=sale&order_id=A&amount=50 ; status=chargeback&order_id=A | sale#A reversed 50 USD
  without an order, of the only one | event=sale&order_id=A&amount=50 ; event=refund | sale#A reversed 50 USD
  without an order, of two | event=sale&order_id=A&amount=50 ; event=sale&order_id=B&amount=60 ; event=refund | conversion# reversed none USD; sale#A approved 50 USD; sale#B approved 60 USD
  without an order, of the approved one of two | event=sale&order_id=A&amount=50 ; event=sale&order_id=B&amount=60&status=pending ; event=refund | sale#A reversed 50 USD; sale#B pending 60 USD
  after the erasure, without an order | event=sale&order_id=A&amount=50 ; erase: ; event=refund => OK_UPDATED | sale#A reversed 50 USD
  without an order, beside a registration | event=registration ; event=deposit&amount=100 ; event=chargeback&amount=100 => OK_UPDATED | deposit# reversed 100 USD; registration# approved none USD
  of a lead and a sale | event=lead&amount=1 ; event=sale&amount=50 ; event=sale&status=refunded | lead# approved 1 USD; sale# reversed 50 USD
  of an order that comes later | txid=A&amount=50 ; status=refund&txid=B => OK_UPDATED ; txid=B&amount=60 | conversion#A approved 50 USD; conversion#B reversed 60 USD
  of an order that comes later, by its event | event=sale&txid=A&amount=50 ; event=refund&txid=B&amount=20 ; event=sale&txid=B&amount=60 | sale#A approved 50 USD; sale#B approved 40 USD
  of the second order, before both | status=refund&txid=B ; txid=A&amount=50 ; txid=B&amount=60 | conversion#A approved 50 USD; conversion#B reversed 60 USD
  of an order that never comes, of two | txid=A&amount=50 ; txid=B&amount=60 ; status=refund&txid=C | conversion#A approved 50 USD; conversion#B approved 60 USD; conversion#C reversed none USD
  without an order, of two, and a third sale | txid=A&amount=50 ; txid=B&amount=60 ; event=refund ; txid=C&amount=70 | conversion# reversed none USD; conversion#A approved 50 USD; conversion#B approved 60 USD; conversion#C approved 70 USD
  before its sale, and a sale without an order | event=refund ; event=sale&txid=A&amount=50 ; amount=5 => OK | conversion# approved 5 USD; sale#A reversed 50 USD
  of a part, where the sale has no amount | txid=1 ; txid=1&status=refund&amount=30 => OK_UPDATED | conversion#1 reversed none USD
  an amount without a status, on hold | txid=1&status=pending ; txid=1&amount=50 => OK_UPDATED | conversion#1 pending 50 USD
  an amount without a status, after the refund | txid=1&amount=50 ; txid=1&status=refund ; txid=1&amount=60 | conversion#1 reversed 60 USD | update
  before its sale, without an order | event=refund ; event=sale&order_id=A&amount=50 | sale#A reversed 50 USD
  before its sale, sent twice | event=refund&order_id=A ; event=refund&order_id=A ; event=sale&order_id=A&amount=50 | sale#A reversed 50 USD
  before its sale, of a part, then pending and approved | event=refund&order_id=A&amount=20 ; event=sale&order_id=A&status=pending&amount=50 ; event=sale&order_id=A&status=approved | sale#A approved 30 USD
  separate: the second comes after the refund of the first | txid=1&status=approved&amount=50&timestamp=@-300 ; txid=1&status=refund&timestamp=@-100 ; txid=1&status=approved&amount=60&timestamp=@-200 => OK | conversion#1 approved 60 USD; conversion#1 reversed 50 USD | separate
  renewals count each | event=rebill&amount=10&timestamp=@-3000 ; event=rebill&amount=10&timestamp=@-2000 | rebill# approved 10 USD; rebill# approved 10 USD
  one renewal of two is refunded | event=rebill&amount=10&timestamp=@-3000 ; event=rebill&amount=10&timestamp=@-2000 ; event=rebill&status=refunded&timestamp=@-1000 | rebill# approved 10 USD; rebill# reversed 10 USD
  both renewals are refunded | event=rebill&amount=10&timestamp=@-3000 ; event=rebill&amount=10&timestamp=@-2000 ; event=rebill&status=refunded&timestamp=@-1000 ; event=rebill&status=refunded&timestamp=@-900 | rebill# reversed 10 USD; rebill# reversed 10 USD
  the refund names the amount of one of two renewals | event=rebill&amount=10 ; event=rebill&amount=12 ; event=rebill&status=refunded&amount=12 | rebill# approved 10 USD; rebill# reversed 12 USD
  a refund that names no event, of one of two renewals | event=rebill&amount=19&timestamp=@-7344000 ; event=rebill&amount=19&timestamp=@-2160000 ; event=refund&amount=19 => OK_UPDATED | rebill# approved 19 USD; rebill# reversed 19 USD | old click
  a renewal by its order | event=rebill&txid=1&amount=10 ; event=rebill&txid=2&amount=10 ; event=refund&txid=2 | rebill#1 approved 10 USD; rebill#2 reversed 10 USD
  two named are never added | txid=1&amount=10&currency=EUR ; txid=1&amount=10&currency=USD => CURRENCY_INVALID | conversion#1 approved 10 EUR | increment
  update replaces both | txid=1&amount=10&currency=EUR ; txid=1&amount=12&currency=USD | conversion#1 approved 12 USD | update
  an unnamed one is the key's | txid=1&amount=10&currency=EUR ; txid=1&amount=12 | conversion#1 approved 12 EUR | update
  the integration's changes in between | txid=1&amount=10 ; set: {"currency":"EUR"} ; txid=1&amount=12 ; txid=2&amount=1 | conversion#1 approved 12 USD; conversion#2 approved 1 EUR | update
  a part in another currency | txid=1&amount=10&currency=EUR ; txid=1&status=refund&amount=4&currency=USD => CURRENCY_INVALID | conversion#1 approved 10 EUR
  more than all in another currency | txid=1&amount=10&currency=EUR ; txid=1&status=refund&amount=12&currency=USD => CURRENCY_INVALID | conversion#1 approved 10 EUR
  all, with the currency only | txid=1&amount=10&currency=EUR ; txid=1&status=refund&currency=USD | conversion#1 reversed 10 EUR
  a payout in a currency of its own | txid=1&status=pending ; txid=1&status=approved&amount=5&currency=USD | conversion#1 approved 5 USD | payout in EUR
  a part without a currency | txid=1&amount=10&currency=EUR ; txid=1&status=refund&amount=4 | conversion#1 approved 6 EUR
  a refund before its sale, in another currency | txid=1&status=refund&amount=4&currency=EUR ; txid=1&amount=10&currency=USD | conversion#1 approved 10 USD
  the first network finishes, the new one may not | txid=1&amount=50&status=pending ; repoint: ; other: txid=1&status=approved => INTEGRATION_MISMATCH ; txid=1&status=approved => OK_UPDATED ; click: txid=1&status=reversed | conversion#1 reversed 50 USD
  the new network makes its own | txid=1&amount=50 ; repoint: ; other: txid=2&amount=7 => OK ; other: event=refund => OK_UPDATED | conversion#1 approved 50 USD; conversion#2 reversed 7 USD
  an erased click makes nothing new | txid=1&amount=50 ; erase: ; txid=2&amount=50 => CLICK_NOT_FOUND ; txid=1&status=reversed => OK_UPDATED | conversion#1 reversed 50 USD
  a retry after another parameter became the transaction | amount=10&ref=A&txid=T9 ; set: {"parameters":{"transactionId":["ref"]}} ; amount=10&ref=A&txid=T9 => OK_DUPLICATE ; amount=10&ref=B&txid=T9 => OK | conversion#B approved 10 USD; conversion#T9 approved 10 USD
  a retry after another parameter became the event | amount=10&txid=1&kind=upsell ; set: {"parameters":{"event":["kind"]}} ; amount=10&txid=1&kind=upsell => OK_DUPLICATE ; amount=5&txid=1&kind=upsell => OK | conversion#1 approved 10 USD; upsell#1 approved 5 USD | increment
  a retry after its event got another name | amount=10&event=deal ; set: {"events":{"deal":"upsell"}} ; amount=10&event=deal => OK_DUPLICATE ; amount=5&event=deal => OK | deal# approved 10 USD; upsell# approved 5 USD | separate
  a retry of a refund that waits under the former transaction | event=refund&ref=A&txid=T9&amount=4 ; set: {"parameters":{"transactionId":["ref"]}} ; event=refund&ref=A&txid=T9&amount=4 ; event=sale&ref=A&amount=10 | sale#A approved 6 USD
  a conflict is sent again once its transaction is read | amount=10&ref=A ; amount=12&ref=B => CONFLICTING_DUPLICATE ; set: {"parameters":{"transactionId":["ref"]}} ; amount=12&ref=B => OK ; amount=10&ref=A => OK_DUPLICATE | conversion# approved 10 USD; conversion#B approved 12 USD
  one ID in two spellings | txid=Order%2520A&amount=5 ; txid=Order%20A&amount=5 ; txid=Order%20A&status=reversed | conversion#Order A reversed 5 USD
  a file in order | batch: txid=1&amount=9&status=pending , txid=1&status=approved , txid=1&status=reversed | conversion#1 reversed 9 USD
  reversed and approved again in one file | txid=1&amount=9 ; batch: txid=1&status=reversed , txid=1&status=approved | conversion#1 approved 9 USD
  a file sent twice | batch: txid=1&amount=9 , txid=1&amount=1 ; batch: txid=1&amount=9 , txid=1&amount=1 | conversion#1 approved 10 USD | increment
  equal rows are two | batch: txid=1&amount=9 , txid=1&amount=9 | conversion#1 approved 18 USD | increment
  refund and sale in one file | batch: event=refund&txid=1 , event=sale&txid=1&amount=9 | sale#1 reversed 9 USD
`);

test.each(inEveryMode)('in every mode: %s', async (_name, sent, right, settings) => {
  const outcomes = duplicateModes.map(async (one): Promise<[string, string]> => [
    one,
    await outcomeOf(sent, { ...settings, ...mode(one) }),
  ]);
  const expected = Object.fromEntries(duplicateModes.map((one) => [one, right]));
  expect(Object.fromEntries(await Promise.all(outcomes))).toEqual(expected);
});

test.each(sequences)('%s', async (_name, sent, right, settings) => {
  expect(await outcomeOf(sent, settings)).toBe(right);
});
