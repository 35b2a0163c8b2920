import type { Integration } from '../configuration/integration';
import { generic } from '../presets/generic';
import { postbackFields, presetOf, type PostbackField, type Preset } from '../presets';

/** The parameter names of each field, case folded, in order of preference. */
export interface FieldNames {
  readonly names: Readonly<Record<PostbackField, readonly string[]>>;
  readonly preset: Preset;
  /** The names that the integration itself gave: their order is a person's choice, not a guess of ours. */
  readonly chosen: ReadonlySet<PostbackField>;
}

const fold = (names: readonly string[]): readonly string[] => names.map((name) => name.trim().toLowerCase());

/**
 * The names that an integration's postbacks use: its own first, then its preset's. A name that the integration gave to one field
 * means no other. Without an integration (the path names none and the click is not read yet) they are the generic ones.
 */
export function fieldNamesOf(integration: Integration | undefined): FieldNames {
  const preset = integration === undefined ? generic : presetOf(integration.preset);
  const own = integration?.parameters ?? {};
  const taken = new Set(postbackFields.flatMap((field) => fold(own[field] ?? [])));
  const names = (field: PostbackField): readonly string[] => {
    const presetNames = fold(preset.parameters[field] ?? generic.parameters[field] ?? []);
    return [...fold(own[field] ?? []), ...presetNames.filter((name) => !taken.has(name))];
  };
  return {
    names: {
      clickId: names('clickId'),
      amount: names('amount'),
      transactionId: names('transactionId'),
      event: names('event'),
      status: names('status'),
      currency: names('currency'),
      timestamp: names('timestamp'),
    },
    preset,
    chosen: new Set(postbackFields.filter((field) => own[field] !== undefined || preset.id !== generic.id)),
  };
}
