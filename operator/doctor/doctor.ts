import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';
import { sendPlainly } from '../api/connection';
import { Failure } from '../failure';
import type { Picture } from '../status/picture';
import { attempt, fine, skipped, type Check } from '../check';
import { checkConfiguration, type WholeConfiguration } from './configuration-checks';
import { readWholeConfiguration } from './read-configuration';
import { checkState } from './state-checks';
import { tryOut } from './trial';

export interface Diagnosis {
  readonly healthy: boolean;
  readonly checks: readonly Check[];
  /** A click marked as a test, which remains with its conversion. */
  readonly leftBehind?: { readonly clickId: string; readonly campaign: string };
}

/** The inputs of the doctor: the tracker's API, and its picture from outside. */
export interface Patient {
  api(): Promise<AdminApi>;
  picture(): Promise<Picture>;
}

/** Checks a tracker from end to end; each check builds on those before it. Calls `onCheck` after each. */
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
  const reached = await attemptFor('the tracker answers', connect, ({ publicUrl }) => ping(publicUrl));
  add(reached.check);
  const api = reached.check.outcome === 'fine' ? reached.value : undefined;
  const read = api && (await attemptFor('the admin API grants access', () => readWholeConfiguration(api), sizeOf));
  if (read !== undefined) add(read.check);
  const seen = await attemptFor('its metrics can be read', readPicture, ({ name }) => Promise.resolve(name));
  const trial = api && read?.value && (await lookInside(api, read.value, campaign, seen.value?.isProduction === true));
  if (trial !== undefined) add(...trial.checks);
  add(seen.check, ...(seen.value === undefined ? [] : checkState(seen.value)));
  return {
    healthy: checks.every(({ outcome }) => outcome !== 'wrong'),
    checks,
    ...(trial?.leftBehind !== undefined && { leftBehind: trial.leftBehind }),
  };
}

/** A check with a result that later checks need. */
async function attemptFor<Value>(
  name: string,
  get: () => Promise<Value>,
  detailOf: (value: Value) => Promise<string>,
): Promise<{ readonly check: Check; readonly value?: Value }> {
  const got: Value[] = [];
  const check = await attempt(name, async () => {
    const value = await get();
    got.push(value);
    return fine(name, await detailOf(value));
  });
  const [value] = got;
  return { check, ...(value !== undefined && { value }) };
}

/** Checks the configuration, then a click and its postbacks through it. */
async function lookInside(
  api: AdminApi,
  configuration: WholeConfiguration,
  named: string | undefined,
  isProduction: boolean,
): Promise<Pick<Diagnosis, 'checks' | 'leftBehind'>> {
  const checks = checkConfiguration(configuration, isProduction);
  const campaign = named ?? campaignToTry(configuration);
  if (campaign === undefined)
    return { checks: [...checks, skipped('a test click', 'There is no campaign to click on.')] };
  const { checks: tried, clickId } = await tryOut(api, configuration, campaign);
  return { checks: [...checks, ...tried], ...(clickId !== undefined && { leftBehind: { clickId, campaign } }) };
}

const pong = v.looseObject({ result: v.literal('pong') });

async function ping(publicUrl: string): Promise<string> {
  const response = await sendPlainly({ method: 'GET', url: new URL(`${publicUrl}/ping`), headers: {} });
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), pong), await response.text());
  if (response.ok && reading.success) return publicUrl;
  throw new Failure('unreachable', `${publicUrl}/ping answered ${response.status}, not a pong.`, {
    hint: 'Check that the address is a tracker.',
  });
}

async function sizeOf({ campaigns, integrations }: WholeConfiguration): Promise<string> {
  return `campaigns: ${campaigns.length}, integrations: ${integrations.length}`;
}

/** Picks a campaign with an existing integration, an active one if possible. */
function campaignToTry({ campaigns, integrations }: WholeConfiguration): string | undefined {
  const known = new Set(integrations.map(({ id }) => id));
  const whole = campaigns.filter(({ integration }) => known.has(integration));
  return (whole.find(({ status }) => status === 'active') ?? whole[0])?.id;
}
