import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { AdminApi } from '../../../operator/api/admin-api';
import type { Delivery } from '../../../operator/deliveries/delivery';
import { followDeliveries } from '../../../operator/deliveries/follow-deliveries';
import { collectionOf } from '../../../operator/documents/kinds';
import { storedDocument } from '../../../operator/documents/stored-document';
import { readMoment } from '../../../operator/moment';
import { addExamples } from '../../help';
import { deliveryLine } from '../../operations/deliveries/delivery-text';
import { readCount } from '../../operations/extent';
import { tail } from '../../operations/tail';
import { perform } from '../../session';

export function addTailDeliveriesCommand(deliveries: CommandUnknownOpts): void {
  const command = deliveries
    .command('tail')
    .description('shows deliveries as they are made and tried, newest at the bottom, until Ctrl-C')
    .option('--since <time>', 'begin with deliveries since a duration ago or a time (default: 1m)')
    .option('--every <seconds>', 'interval of requests (default: 2)')
    .option('--source <id>', 'to this source (default: all sources with postbacks)')
    .option('--state <state>', 'due, delivered, failed, exhausted, skipped, superseded or held')
    .option('--reason <reason>', 'with this reason, such as SERVER_ERROR')
    .action(({ since = '1m', every = '2', source, state, reason }, self) =>
      perform(self, async ({ api: connect, output }) => {
        const seconds = readCount('--every', every);
        const api = await connect();
        const followed = followDeliveries(api, readMoment('--since', since, Date.now()), Date.now);
        const isAsked = (one: Delivery): boolean =>
          (state === undefined || one.state === state) && (reason === undefined || one.reason === reason.toUpperCase());
        const sources = source === undefined ? () => reportingSources(api) : async () => [source];
        const next = async () => (await followed.next(await sources())).filter(isAsked);
        const shown = { lineOf: deliveryLine, kindOf: (one: Delivery) => one.state, what: 'change' };
        await tail({ next, ...shown }, seconds, output);
      }),
    );
  addExamples(
    command,
    'tracker deliveries tail --source news',
    'tracker deliveries tail --state failed --json | jq -r .detail',
  );
}

/** Returns the sources with postbacks. A source that is configured meanwhile is followed from then on. */
async function reportingSources(api: AdminApi): Promise<readonly string[]> {
  const all = await api.all([collectionOf.source], storedDocument);
  return all.flatMap(({ id, postbacks }) => (Array.isArray(postbacks) && postbacks.length > 0 ? [id] : []));
}
