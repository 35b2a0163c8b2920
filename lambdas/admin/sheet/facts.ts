import type { StoredVersion } from '../../adapters/configuration-item';
import type { Integration } from '../../domain/configuration/integration';
import { presetOf, type Preset } from '../../domain/presets';
import { keyIdOf } from '../../domain/trust/keys';
import { exampleValues, examplePostbackUrl } from '../integrations/example-postback';

/** The facts of a sheet. The token is its only secret, and only where it was requested. */
export interface SheetFacts {
  readonly id: string;
  /** Our address for senders: `https://go.example.com`. */
  readonly baseUrl: string;
  readonly integration: Integration;
  readonly keys: readonly number[];
  readonly token?: string;
  /** All there ever were, newest first. */
  readonly versions: readonly StoredVersion<'integration'>[];
}

export const tokenPlaceholder = 'YOUR_TOKEN';

/** The token as the sheet writes it into URLs; absent where the integration looks at none. */
export function tokenOf({ integration, token }: Pick<SheetFacts, 'integration' | 'token'>): string | undefined {
  return integration.auth.token === 'off' ? undefined : (token ?? tokenPlaceholder);
}

export function presetOfSheet({ integration }: Pick<SheetFacts, 'integration'>): Preset {
  return presetOf(integration.preset);
}

export function keyIdsOf({ keys }: Pick<SheetFacts, 'keys'>): readonly string[] {
  return keys.map(keyIdOf);
}

/** A postback as this sender would send it. */
export function exampleUrlOf(facts: SheetFacts): string {
  const { baseUrl, id, integration } = facts;
  return examplePostbackUrl(baseUrl, id, integration, exampleValues(integration), tokenOf(facts));
}
