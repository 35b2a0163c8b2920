import { duplicateModes, type DuplicateMode } from '../lambdas/domain/values/duplicate-mode';
import { campaignId, proofCurrency, integrationId } from './load/driven';
import type { SequenceSetting } from './load/senders-of-sequences';
import type { Load, SequenceLoad, TimelineEvent } from './scenario';
import { call } from './stack/http';
import type { StackProcess } from './stack/process';

export type ConfigurationChange = Extract<TimelineEvent, { change: unknown }>['change'];

/** The network that campaigns are pointed to, and that must not speak about what others recorded. */
export const otherNetwork = 'elsewhere';

/** Sets up what a load of single contents is about, through the admin API, as an operator would. */
export async function configureOne(stack: StackProcess, { mode }: Pick<Load, 'mode'>): Promise<void> {
  await saveDocument(stack, `integrations/${integrationId}`, integrationDocument(mode, proofCurrency));
  await saveDocument(stack, `campaigns/${campaignId}`, campaignDocument(integrationId, {}));
}

/** The configuration of a load of sequences, which changes while it runs: an integration and a campaign for each mode. */
export class Configuration {
  private readonly settings: Map<DuplicateMode, SequenceSetting>;

  constructor(
    private readonly stack: StackProcess,
    private readonly load: SequenceLoad,
  ) {
    const payout = load.payout === undefined ? {} : { payout: { amount: load.payout, currency: 'USD' } };
    this.settings = new Map(
      load.modes.map((mode) => [
        mode,
        {
          integration: `proof-${mode}`,
          campaign: `proof-${mode}`,
          rules: { mode, currency: proofCurrency, ...payout },
          transactionName: 'txid',
        },
      ]),
    );
  }

  /** The present configuration of the integration that began with this mode. */
  of(begun: DuplicateMode): SequenceSetting {
    const setting = this.settings.get(begun);
    if (setting === undefined) throw new Error(`no integration began with ${begun}`);
    return setting;
  }

  async save(): Promise<void> {
    await saveDocument(this.stack, `integrations/${otherNetwork}`, integrationDocument('ignore', proofCurrency));
    for (const setting of this.settings.values()) {
      await this.saveIntegration(setting);
      await this.saveCampaign(setting, setting.integration);
    }
  }

  async change(what: ConfigurationChange): Promise<void> {
    for (const [begun, setting] of this.settings) {
      const changed = changedBy(what, setting);
      this.settings.set(begun, changed);
      await this.saveIntegration(changed);
      if (what === 'campaign') await this.saveCampaign(changed, otherNetwork);
    }
  }

  private async saveIntegration({ integration, rules, transactionName }: SequenceSetting): Promise<void> {
    await saveDocument(this.stack, `integrations/${integration}`, {
      ...integrationDocument(rules.mode, rules.currency),
      parameters: { transactionId: [transactionName] },
    });
  }

  private async saveCampaign({ campaign, rules: { payout } }: SequenceSetting, integration: string): Promise<void> {
    const { maxAgeDays } = this.load;
    const fields = {
      ...(payout !== undefined && { payout }),
      ...(maxAgeDays !== undefined && { attribution: { maxAgeDays } }),
    };
    await saveDocument(this.stack, `campaigns/${campaign}`, campaignDocument(integration, fields));
  }
}

function changedBy(what: ConfigurationChange, setting: SequenceSetting): SequenceSetting {
  const { rules } = setting;
  switch (what) {
    case 'mode': {
      const next = duplicateModes[(duplicateModes.indexOf(rules.mode) + 1) % duplicateModes.length] ?? 'ignore';
      return { ...setting, rules: { ...rules, mode: next } };
    }
    case 'currency':
      return { ...setting, rules: { ...rules, currency: 'EUR' } };
    case 'mapping':
      return { ...setting, transactionName: 'order_id' };
    case 'campaign':
      return setting;
  }
}

function integrationDocument(mode: DuplicateMode, home: string): Readonly<Record<string, unknown>> {
  return {
    name: 'Proof',
    preset: 'generic',
    currency: home,
    auth: { token: 'off', hmac: 'off', ip: 'off' },
    duplicates: { default: mode },
  };
}

function campaignDocument(integration: string, fields: object): Readonly<Record<string, unknown>> {
  return {
    name: 'Proof',
    integration,
    status: 'active',
    offers: [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 1 }],
    ...fields,
  };
}

/** Saves a document through the admin API. */
export async function saveDocument(
  stack: StackProcess,
  path: string,
  document: Readonly<Record<string, unknown>>,
): Promise<void> {
  await call(`${stack.url}/admin/v1/${path}`, { method: 'PUT', body: JSON.stringify(document) });
}
