import type { Campaign } from '../../lambdas/domain/configuration/campaign';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import type { LiveKey } from '../documents/credentials';
import { fine, warning, wrong, type Check } from '../check';

type WithId<Document> = Document & { readonly id: string };

/** The URL for a sender with its secrets masked, and its valid keys. */
export interface SenderConnection {
  readonly url: string;
  readonly keys: readonly LiveKey[];
}

/** The stored configuration, and the credentials of each integration's sender. */
export interface WholeConfiguration {
  readonly campaigns: readonly WithId<Campaign>[];
  readonly integrations: readonly WithId<Integration>[];
  /** By the ID of the integration. */
  readonly connections: ReadonlyMap<string, SenderConnection>;
}

/** Finds stored configuration that cannot work, or works otherwise than intended. */
export function checkConfiguration(configuration: WholeConfiguration, isProduction: boolean): readonly Check[] {
  return [
    checkReporters(configuration),
    checkOffers(configuration),
    checkTrust(configuration, isProduction),
    checkTokens(configuration),
    checkKeys(configuration),
  ];
}

function checkReporters({ campaigns, integrations }: WholeConfiguration): Check {
  const name = 'every campaign names a known integration';
  const known = new Set(integrations.map(({ id }) => id));
  const orphans = campaigns.filter(({ integration }) => !known.has(integration));
  const [first] = orphans;
  if (first === undefined) return fine(name, `${campaigns.length} of ${campaigns.length}`);
  const pairs = orphans.map(({ id, integration }) => `${id} names ${integration}`).join(', ');
  return wrong(
    name,
    `${pairs}: their postbacks are rejected.`,
    `tracker integration put ${first.integration} --preset generic`,
  );
}

function checkOffers({ campaigns }: WholeConfiguration): Check {
  const name = 'campaigns have an active offer';
  const empty = campaigns.filter(
    ({ offers }) => !offers.some(({ weight, status }) => weight > 0 && status !== 'paused'),
  );
  const withoutId = campaigns.filter(({ offers }) => offers.some(({ url }) => !url.includes('{clickid}')));
  const [none] = empty;
  if (none !== undefined) {
    const offer = none.offers[0]?.id ?? 'main';
    return wrong(
      name,
      `All offers of ${idsOf(empty)} are paused or weigh nothing.`,
      `tracker campaign put ${none.id} --offer id=${offer},status=active`,
    );
  }
  if (withoutId.length === 0) return fine(name);
  return warning(
    name,
    `An offer of ${idsOf(withoutId)} does not get the click ID, so that its conversions find no click.`,
    'Put {clickid} into the URL of the offer.',
  );
}

function checkTrust({ integrations }: WholeConfiguration, isProduction: boolean): Check {
  const name = 'integrations authenticate their senders';
  const open = integrations.filter(({ auth }) => !Object.values(auth).includes('required'));
  const [first] = open;
  if (first === undefined) return fine(name);
  const detail = `${idsOf(open)} would accept a postback from anyone who knows a click ID.`;
  return (isProduction ? wrong : warning)(name, detail, `tracker integration put ${first.id} --token required`);
}

function checkTokens({ connections }: WholeConfiguration): Check {
  const name = 'postback URLs are complete';
  const unfinished = [...connections].filter(([, { url }]) => /=REPLACE(?:&|$)/.test(url)).map(([id]) => ({ id }));
  const [first] = unfinished;
  if (first === undefined) return fine(name);
  return warning(
    name,
    `The URL of ${idsOf(unfinished)} says REPLACE where only you know the token of the sender's system.`,
    `Replace it where you paste it: tracker integration credentials ${first.id}`,
  );
}

/** Operators need to know after a rotation which senders still use the old key. */
function checkKeys({ campaigns, integrations, connections }: WholeConfiguration): Check {
  const name = 'senders use their current keys';
  const active = new Set(campaigns.filter(({ status }) => status === 'active').map(({ integration }) => integration));
  const relying = integrations.filter(({ id, auth }) => active.has(id) && auth.token === 'required');
  const keysOf = (id: string): readonly LiveKey[] => connections.get(id)?.keys ?? [];
  const onOld = relying.filter(({ id }) => {
    const [current, ...older] = [...keysOf(id)].sort((left) => (left.current ? -1 : 1));
    return older.some(({ lastUsedAt }) => lastUsedAt !== undefined && lastUsedAt > (current?.lastUsedAt ?? ''));
  });
  const silent = relying.filter(
    ({ id }) => keysOf(id).length > 0 && keysOf(id).every(({ lastUsedAt }) => lastUsedAt === undefined),
  );
  if (onOld.length > 0) {
    const detail = `Senders of ${idsOf(onOld)} still use the key before the last rotation.`;
    return warning(name, detail, 'Paste the new URL there before you rotate again.');
  }
  if (silent.length === 0) return fine(name);
  return warning(
    name,
    `No sender of ${idsOf(silent)} has shown its token yet.`,
    'Paste the URL of "tracker integration credentials" there.',
  );
}

function idsOf(documents: readonly { readonly id: string }[]): string {
  const shown = documents.slice(0, 5).map(({ id }) => id);
  return documents.length > shown.length
    ? `${shown.join(', ')} and ${documents.length - shown.length} more`
    : shown.join(', ');
}
