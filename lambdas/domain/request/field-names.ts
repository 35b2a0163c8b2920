import type { Integration } from '../configuration/integration';
import { generic } from '../presets/generic';
import { postbackFields, presetOf, type PostbackField, type Preset } from '../presets';

/** The parameter names of each field, case folded, in order of preference. */
export interface FieldNames {
  readonly names: Readonly<Record<PostbackField, readonly string[]>>;
  readonly preset: Preset;
  /** The names that the integration or its preset gave: their order is a choice, not a guess of ours. */
  readonly chosen: ReadonlySet<PostbackField>;
  /** The fields that the integration itself names. */
  readonly given: ReadonlySet<PostbackField>;
  /** Parameters in which a reversal names the total that was taken back. */
  readonly reversedInAll: readonly string[];
  /** Parameters in which a sale names what was refunded of it so far. */
  readonly refundedSoFar: readonly string[];
  /** The names that a preset gave for a body whose shape it knows: they are read as they are before any beside the click ID. */
  readonly exact: ReadonlySet<PostbackField>;
}

const fold = (names: readonly string[]): readonly string[] => names.map((name) => name.trim().toLowerCase());

/**
 * The names that an integration's postbacks use. Those that it gives for a field take the place of its preset's, and mean no other field.
 * Without an integration (the path names none and the click is not read yet) they are those of the tracker whose path it is, and the
 * generic ones.
 * @param pathPreset the preset that the path speaks for
 */
export function fieldNamesOf(integration: Integration | undefined, pathPreset: Preset = generic): FieldNames {
  if (integration === undefined) return { ...namesOf(pathPreset, {}), names: withGeneric(pathPreset) };
  return namesOf(presetOf(integration.preset), integration.parameters ?? {});
}

/** A sender that only changed the host may have changed a name as well: the generic ones come last. */
function withGeneric(preset: Preset): FieldNames['names'] {
  const { names } = namesOf(preset, {});
  const taken = new Set(Object.values(names).flat());
  const others = namesOf(generic, {}).names.clickId.filter((name) => !taken.has(name));
  return { ...names, clickId: [...names.clickId, ...others] };
}

function namesOf(preset: Preset, own: NonNullable<Integration['parameters']>): FieldNames {
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
    reversedInAll: own.reversedInAll ?? preset.reversedInAll ?? [],
    refundedSoFar: own.refundedSoFar ?? preset.refundedSoFar ?? [],
    given: new Set(postbackFields.filter((field) => own[field] !== undefined)),
    chosen: new Set(postbackFields.filter((field) => own[field] !== undefined || preset.id !== generic.id)),
    exact: new Set(postbackFields.filter((field) => own[field] === undefined && preset.sendsOwnBody === true)),
  };
}
