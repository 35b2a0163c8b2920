import type { Integration } from '../configuration/integration';
import { presets, type Preset } from '../presets';
import { generic } from '../presets/generic';

/** Whether the log may keep the value of the parameter of this name. */
export type IsLogged = (name: string) => boolean;

const fold = (name: string): string => name.toLowerCase();

/** Parameters of our own URLs beside the fields. */
const own = ['test', 'dry_run', 'ts', 'kid', 'integration', 'campaign', 'offer', 'source', 'cost', 'external_id'];

/** Technical parameters of networks: seller, product and place, never the buyer. */
const technical = [
  ...'offer_id offerid offer_name aff_id affid affiliate_id affiliateid pid adv_id advertiser_id advertiserid nid'.split(
    ' ',
  ),
  ...'campaign_id campaignid campaign_name merchant merchantid program_id account_id accountid app_id bundle_id'.split(
    ' ',
  ),
  ...'productid product_id sku plan mode format channel voucher coupon coupon_code promo_code code'.split(' '),
  ...'traffic_source traffic_type source_id src c geo country country_code region os platform device browser'.split(
    ' ',
  ),
  ...'goal_name event_value eventvalue quantity original_amount original_currency delta_amount delta_payout'.split(' '),
  ...'refund_amount refunded_amount amount_refunded total_refunded'.split(' '),
  ...'event_name event_type event_code eventcode alert_name notification_type webhook_event_type conversion_type topic order_status payment_status'.split(
    ' ',
  ),
  ...'lead_status sale_status rejected_status approved_status trash_status status_detail statusdetail action_type'.split(
    ' ',
  ),
  ...'testmode istest is_test disable_postback tt tv vc ap a ch'.split(' '),
];

/** Parameters that trackers number: `sub3`, `aff_sub2`, `sub_id_15`, `adv10`, `param4`, `event2`. */
const numbered = /^(?:aff_|adv_|cnv_|add_)?(?:sub|sub_?id|adv|param|data|event|status|clickref|d)_?\d{1,2}$/;

const fieldsOf = (parameters: Preset['parameters'] = {}): readonly string[] => Object.values(parameters).flat();

/** The names that a preset reads, each also without the object that it lies in: `eventValue.clickid` and `clickid`. */
const readBy = ({
  parameters,
  reversedInAll = [],
  refundedSoFar = [],
  orderParameters = [],
}: Preset): readonly string[] =>
  [...fieldsOf(parameters), ...reversedInAll, ...refundedSoFar, ...orderParameters].flatMap((name) => [
    name,
    name.slice(name.lastIndexOf('.') + 1),
  ]);

const always = [...own, ...technical, ...readBy(generic)].map(fold);

/** Made once for each preset: the log asks for every parameter of every postback. */
const listedFor = new Map(presets.map((preset) => [preset.id, new Set([...always, ...readBy(preset).map(fold)])]));
const listedForAll = new Set(always);

/**
 * The allowlist of the postback log: what the verdicts of this integration are made of by its preset, what it names as a field or in
 * `logParameters`, and what networks are known to add for machines. The value of any other parameter is not kept: another system's
 * name for a field may be a person's name or address here.
 * @param integration absent where it is not known: then the generic names are those that were looked for
 */
export function loggedParameters(integration?: Pick<Integration, 'preset' | 'parameters' | 'logParameters'>): IsLogged {
  const listed = listedFor.get(integration?.preset ?? generic.id) ?? listedForAll;
  const named = new Set([...fieldsOf(integration?.parameters), ...(integration?.logParameters ?? [])].map(fold));
  return (name) => {
    const folded = fold(name);
    return listed.has(folded) || named.has(folded) || numbered.test(folded);
  };
}
