/** Names in macros and tokens of other systems, without dashes and underscores, by the macro that is meant. */
const meanings: Readonly<Record<string, string>> = {
  '{payout}': 'payout amount sum revenue price cost bidprice conversionpayout value profit atpay bid',
  '{currency}': 'currency cnvcurrency conversioncurrency cur',
  '{status}': 'status cnvstatus conversionstatus leadstatus state',
  '{event}': 'event eventname et type cnvtype goalname',
  '{goal}': 'goal goalid',
  '{txid}': 'txid tid transaction transactionid orderid order leadcode actionid',
  '{campaign}': 'campaign campaignid campaignkey campaignname',
  '{offer}': 'offer offerid offername',
  '{source}': 'source trafficsource sourceid trafficsourceid',
  '{conversion_time}': 'timestamp time date datetime conversiontime unixtime',
  '{click_time}': 'clicktime clicktimestamp visittime',
  '{user_agent}': 'useragent ua',
};

const macroByName: ReadonlyMap<string, string> = new Map(
  Object.entries(meanings).flatMap(([macro, names]) => names.split(' ').map((name): [string, string] => [name, macro])),
);

const clickIdNames = /click|clid|cid|subid|visit|external|extid|ctoken|impression|conversionstracking|dynamics2s|^id$/;

/** The macro that a name of another system means; `undefined` where that is anybody's guess. */
function macroMeant(name: string): string | undefined {
  const folded = (name.toLowerCase().split(/[|]/)[0] ?? '').replace(/[^a-z\d]/g, '');
  const [, number] = /^(?:sub|subid|t|affsub|var)(10|[1-9])$/.exec(folded) ?? [];
  if (number !== undefined) return `{sub${number}}`;
  return macroByName.get(folded) ?? (clickIdNames.test(folded) ? '{external_id}' : undefined);
}

/** Returns a sentence with the macro to write instead of a token or macro of another system. */
export function insteadOf(name: string): string {
  const meant = macroMeant(name);
  return meant === undefined ? 'Write a macro of the tracker, or a plain value.' : `Write ${meant} instead.`;
}
