import type { Integration } from '../configuration/integration';
import { presets, type Preset } from '../presets';

/** Whether the log may keep the value of the parameter of this name. */
export type IsLogged = (name: string) => boolean;

const fold = (name: string): string => name.toLowerCase();

/** What our own URLs take beside the fields. */
const own = ['test', 'dry_run', 'ts', 'kid', 'integration', 'campaign', 'offer', 'source', 'cost', 'external_id'];

/** What networks add for machines: who sold what where, never to whom. */
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
  ...'lead_status sale_status rejected_status approved_status trash_status status_detail statusdetail action_type'.split(
    ' ',
  ),
  ...'testmode istest is_test disable_postback tt tv vc ap a ch'.split(' '),
];

/** Parameters that trackers number: `sub3`, `aff_sub2`, `sub_id_15`, `adv10`, `param4`, `event2`. */
const numbered = /^(?:aff_|adv_|cnv_|add_)?(?:sub|sub_?id|adv|param|data|event|status|clickref|d)_?\d{1,2}$/;

const fieldsOf = (parameters: Preset['parameters'] = {}): readonly string[] => Object.values(parameters).flat();

/** The names that some preset reads, each also without the object that it lies in: `eventValue.clickid` and `clickid`. */
const read = presets
  .flatMap(({ parameters }) => fieldsOf(parameters))
  .flatMap((name) => [name, name.slice(name.lastIndexOf('.') + 1)]);

const listed = new Set([...own, ...technical, ...read].map(fold));

/**
 * The allowlist of the postback log: what verdicts are made of, what an integration names as a field or in `logParameters`, and what
 * networks are known to add for machines. The value of any other parameter is not kept: whoever adds a person's name or address to
 * a postback URL must not have it stored here unasked.
 */
export function loggedParameters(integration?: Pick<Integration, 'parameters' | 'logParameters'>): IsLogged {
  const named = new Set([...fieldsOf(integration?.parameters), ...(integration?.logParameters ?? [])].map(fold));
  return (name) => {
    const folded = fold(name);
    return listed.has(folded) || named.has(folded) || numbered.test(folded);
  };
}
