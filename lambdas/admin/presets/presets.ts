import * as v from 'valibot';
import { amountFormats } from '../../domain/values/amount';
import { postbackFields, presets, type Preset } from '../../domain/presets';
import { guideOf } from '../../domain/presets/guides';
import { list, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';

const ofFields = <Value extends v.GenericSchema>(value: Value) =>
  v.strictObject(v.entriesFromList(postbackFields, v.optional(value)));

/** A system that sends postbacks, and what a person sets there and in the integration. */
export const presetAnswer = v.strictObject({
  id: v.pipe(v.string(), v.description('The `preset` of an integration')),
  name: v.string(),
  pasteInto: v.pipe(v.string(), v.description('Where the postback URL is pasted in that system')),
  tokens: v.pipe(ofFields(v.string()), v.description('What that system replaces in the URL, by field')),
  parameters: v.pipe(
    ofFields(v.array(v.string())),
    v.description('Parameter names that are read, by field; a field that is absent takes the generic names'),
  ),
  statuses: v.pipe(v.record(v.string(), v.string()), v.description('Its status words, and what they are read as')),
  events: v.pipe(v.record(v.string(), v.string()), v.description('Its event words, and what they are read as')),
  defaultStatus: field.status,
  duplicateMode: v.string(),
  amountFormat: v.optional(v.picklist(amountFormats)),
  expectedAnswer: v.optional(
    v.pipe(v.string(), v.description('The literal body that it expects: `reply.literal` of the integration')),
  ),
  sendsOwnBody: v.pipe(v.boolean(), v.description('Whether it posts a body that no URL shapes')),
  dropInPaths: v.pipe(v.array(v.string()), v.description('Paths of its own tracker that are read as well')),
  notes: v.pipe(v.array(v.string()), v.description('What a person ought to know before connecting it')),
});

/** Every preset, in one page: they are part of the code. */
export async function getPresets(request: RoutedRequest): Promise<Answer> {
  readQueryParameters(request, noParameters);
  return list(presets.map(presetView));
}

function presetView(preset: Preset): Shown<typeof presetAnswer> {
  const { amountFormat, expectedAnswer } = preset;
  const { pasteInto, notes = [] } = guideOf(preset.id);
  const { id, name, tokens, parameters, statuses, events, defaultStatus, duplicateMode } = preset;
  return {
    id,
    name,
    pasteInto,
    tokens,
    parameters,
    statuses,
    events,
    defaultStatus,
    duplicateMode,
    ...(amountFormat !== undefined && { amountFormat }),
    ...(expectedAnswer !== undefined && { expectedAnswer }),
    sendsOwnBody: preset.sendsOwnBody === true,
    dropInPaths: preset.dropInPaths,
    notes,
  };
}
