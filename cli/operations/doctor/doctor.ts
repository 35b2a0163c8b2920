import * as v from 'valibot';
import type { AdminApi } from '../../connection/admin-api';
import { sendPlainly } from '../../connection/connection';
import type { Picture } from '../status/picture';
import { attempt, fine, skipped, wrong, type Check } from './check';
import { checkConfiguration, type WholeConfiguration } from './configuration-checks';
import { readConfiguration } from './read-configuration';
import { checkState } from './state-checks';
import { tryOut } from './trial';

export interface Diagnosis {
  readonly healthy: boolean;
  readonly checks: readonly Check[];
  /** A click marked as a test, with its conversion, that stays behind. */
  readonly leftBehind?: { readonly clickId: string; readonly campaign: string };
}

/** Where the doctor looks: the tracker, and what is known of it from outside. */
export interface Patient {
  api(): Promise<AdminApi>;
  picture(): Promise<Picture>;
}

/** Looks at a tracker from end to end; each check goes on from what those before it found. `onCheck` hears of each at once. */
export async function examine(
  { api: connect, picture: readPicture }: Patient,
  campaign: string | undefined,
  onCheck: (check: Check) => void,
): Promise<Diagnosis> {
  const checks: Check[] = [];
  const add = (...found: readonly Check[]): void => {
    checks.push(...found);
    found.forEach(onCheck);
  };
  let api: AdminApi | undefined;
  add(
    await attempt('the tracker answers', async () => {
      api = await connect();
      return ping(api.publicUrl);
    }),
  );
  let configuration: WholeConfiguration | undefined;
  if (api !== undefined && checks.every(({ outcome }) => outcome !== 'wrong')) {
    const reached = api;
    add(
      await attempt('the admin API lets us in', async () => {
        configuration = await readConfiguration(reached);
        const { campaigns, integrations } = configuration;
        return fine('the admin API lets us in', `campaigns: ${campaigns.length}, integrations: ${integrations.length}`);
      }),
    );
  }
  let state: Picture | undefined;
  const seen = await attempt('its metrics can be read', async () => {
    state = await readPicture();
    return fine('its metrics can be read', state.name);
  });
  let clickId: string | undefined;
  const tried = configuration && chosenCampaign(configuration, campaign);
  if (api !== undefined && configuration !== undefined) {
    add(...checkConfiguration(configuration, state?.isProduction === true));
    if (tried === undefined) {
      add(skipped('a test click', 'There is no campaign to click on.'));
    } else {
      const trial = await tryOut(api, configuration, tried);
      add(...trial.checks);
      ({ clickId } = trial);
    }
  }
  add(seen, ...(state === undefined ? [] : checkState(state)));
  return {
    healthy: checks.every(({ outcome }) => outcome !== 'wrong'),
    checks,
    ...(clickId !== undefined && tried !== undefined && { leftBehind: { clickId, campaign: tried } }),
  };
}

const pong = v.looseObject({ result: v.literal('pong') });

async function ping(publicUrl: string): Promise<Check> {
  const name = 'the tracker answers';
  const response = await sendPlainly({ method: 'GET', url: new URL(`${publicUrl}/ping`), headers: {} });
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), pong), await response.text());
  if (response.ok && reading.success) return fine(name, publicUrl);
  return wrong(name, `${publicUrl}/ping answered ${response.status}, and no pong.`, 'Is that address a tracker?');
}

/** The campaign that was named; else an active one whose integration is here. */
function chosenCampaign(
  { campaigns, integrations }: WholeConfiguration,
  named: string | undefined,
): string | undefined {
  if (named !== undefined) return named;
  const known = new Set(integrations.map(({ id }) => id));
  const whole = campaigns.filter(({ integration }) => known.has(integration));
  return (whole.find(({ status }) => status === 'active') ?? whole[0])?.id;
}
