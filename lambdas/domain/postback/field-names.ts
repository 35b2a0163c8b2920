import type { Integration } from '../configuration/integration';
import { generic } from '../presets/generic';
import { postbackFields, presetOf, type PostbackField, type Preset } from '../presets';

/** The parameter names of each field, case folded, in order of preference. */
export interface FieldNames {
  readonly names: Readonly<Record<PostbackField, readonly string[]>>;
  readonly preset: Preset;
  /** The names that the integration or its preset gave: their order is a choice, not a guess of ours. */
  readonly chosen: ReadonlySet<PostbackField>;
  /** The names that a preset gave for a body whose shape it knows: they are read as they are before any beside the click ID. */
  readonly exact: ReadonlySet<PostbackField>;
}

const fold = (names: readonly string[]): readonly string[] => names.map((name) => name.trim().toLowerCase());

/**
 * The names that an integration's postbacks use. Those that it gives for a field take the place of its preset's, and mean no other field.
 * Without an integration (the path names none and the click is not read yet) they are the generic ones.
 */
export function fieldNamesOf(integration: Integration | undefined): FieldNames {
  const preset = integration === undefined ? generic : presetOf(integration.preset);
  const own = integration?.parameters ?? {};
  const taken = new Set(postbackFields.flatMap((field) => fold(own[field] ?? [])));
  const names = (field: PostbackField): readonly string[] => {
    const given = own[field];
    if (given !== undefined) return fold(given);
    return fold(preset.parameters[field] ?? generic.parameters[field] ?? []).filter((name) => !taken.has(name));
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
    exact: new Set(postbackFields.filter((field) => own[field] === undefined && preset.sendsOwnBody === true)),
  };
}
