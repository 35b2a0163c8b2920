import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { DeliveryMeasured } from '../measured';
import type { RunningStack } from './running-stack';
import type { MeasuredCampaign } from './senders';
import type { Tables } from './tables';

const source = 'google-search';
/** Each is over before the next one begins: none shares an invocation or a request of the queue. */
const oneByOne = 6;
const labels = ['FunctionsDispatch', 'FunctionsDeliver'] as const;

const listSchema = v.object({ items: v.array(v.object({ id: v.string(), clickId: v.string(), state: v.string() })) });

/** Sets up the source of the campaign's clicks, and counts what each of a few conversions makes of the services on its way there. */
export async function measureDelivery(
  stack: RunningStack,
  tables: Tables,
  campaign: MeasuredCampaign,
  sale: (clickId: string) => Record<string, string>,
): Promise<DeliveryMeasured> {
  const url = `${stack.sinkUrl}/conversions?id={external_id}&payout={payout}&currency={currency}`;
  await campaign.admin('PUT', `/sources/${source}`, {
    name: 'Search',
    postbacks: [{ id: 'main', when: 'first', url }],
  });
  const report = async (): Promise<string> => {
    const { clickId } = await campaign.click();
    await campaign.postback(sale(clickId));
    return deliveredOf(campaign, clickId);
  };
  // Both functions start, and read the configuration; their memory of a source without a document is over by then.
  for (let tries = 0; (await report().catch(() => undefined)) === undefined; tries += 1) {
    if (tries > 10) throw new Error(`no conversion arrives at ${source}`);
  }

  const before = await Promise.all(labels.map((label) => stack.lines(label)));
  await stack.forgetOperations();
  const ids: string[] = [];
  for (let at = 0; at < oneByOne; at += 1) ids.push(await report());
  const operations = await stack.operations();
  const lines = (await Promise.all(labels.map((label) => stack.lines(label)))).map((all, at) =>
    all.slice(before[at]?.length),
  );
  const ours = operations.filter((one) => labels.some((label) => label === one.function));
  const per = (values: readonly number[]): number =>
    Number((values.reduce((sum, value) => sum + value, 0) / oneByOne).toFixed(2));
  const bytes = await Promise.all(ids.map((id) => tables.deliveryBytes(id)));
  return {
    // A line of each run.
    invocations: Object.fromEntries(labels.map((label, at) => [label, per([lines[at]?.length ?? 0])])),
    readUnits: per(ours.map(({ readUnits }) => readUnits)),
    writeUnits: per(ours.map(({ writeUnits }) => writeUnits)),
    roundTrips: per(
      ours.filter((one) => one.function === 'FunctionsDeliver' && one.service === 'dynamodb').map(({ count }) => count),
    ),
    queueRequests: per(ours.filter(({ service }) => service === 'sqs').map(({ count }) => count)),
    logLines: per(lines.map(({ length }) => length)),
    logBytes: Math.round(per(lines.flat().map((line) => Buffer.byteLength(line)))),
    itemBytes: Math.round(per(bytes)),
  };
}

const patience = 50;

/** The ID of the delivery of a click, once the source has accepted it. */
async function deliveredOf({ admin }: MeasuredCampaign, clickId: string): Promise<string> {
  for (let asked = 0; asked < patience; asked += 1) {
    const { items } = v.parse(listSchema, await admin('GET', `/deliveries?clickId=${clickId}`));
    const found = items.find(({ state }) => state === 'delivered');
    if (found !== undefined) return found.id;
    await pause(100);
  }
  throw new Error(`a conversion of the click ${clickId} does not arrive`);
}
