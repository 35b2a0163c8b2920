import { fieldNamesOf } from '../../lambdas/domain/request/field-names';
import { findUnreplacedMacro } from '../../lambdas/domain/text/macros';
import { readTextParameters } from '../../lambdas/domain/request/parameter-merging';
import type { Parameter } from '../../lambdas/domain/text/query';
import { postbackFields, type PostbackField } from '../../lambdas/domain/presets';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import type { Verdict } from '../answers';
import type { OutgoingPostback } from '../postback/send-postback';

/** One field of a postback, as sent and as parsed. */
export interface ExplainedField {
  readonly field: PostbackField;
  readonly parameter?: string | undefined;
  readonly sent?: string | undefined;
  readonly readAs?: string | undefined;
  /** Set if nothing was sent and a default applies. */
  readonly assumed: boolean;
  /** Whether the postback was rejected for this field. */
  readonly wrong: boolean;
}

export interface ExplainedRequest {
  readonly fields: readonly ExplainedField[];
  /** Names of parameters that are not read. */
  readonly unread: readonly string[];
}

/** Parameters that are no fields but have an effect. */
const ownNames: readonly string[] = ['token', 'sig', 'ts', 'kid', 'dry_run', 'test'];

/**
 * Lists each field with the parameter that carried it. The tracker's parsing has priority; it ends at the first mistake, so that later
 * fields are matched by the integration's parameter names alone.
 * @param wrongField the field that the verdict is about
 */
export function explainFields(
  outgoing: OutgoingPostback,
  integration: Integration | undefined,
  reported: Verdict['fields'] = [],
  wrongField?: PostbackField,
): ExplainedRequest {
  const parameters = parametersOf(outgoing);
  const { names } = fieldNamesOf(integration);
  const fields = postbackFields.map((field): ExplainedField => {
    const ofTracker = reported.find((one) => one.field === field);
    const carrier = carrierOf(parameters, names[field]);
    const parameter = ofTracker?.parameter ?? carrier?.name;
    const sent = ofTracker?.sent ?? carrier?.value;
    return {
      field,
      parameter,
      sent,
      readAs: ofTracker?.readAs,
      assumed: ofTracker?.assumed === true,
      wrong: field === wrongField || (sent !== undefined && findUnreplacedMacro(sent) !== undefined),
    };
  });
  const read = new Set([
    ...Object.values(names).flat(),
    ...ownNames,
    ...fields.flatMap(({ parameter }) => parameter?.toLowerCase() ?? []),
  ]);
  const unread = [...new Set(parameters.map(({ name }) => name))].filter((name) => !read.has(name.toLowerCase()));
  return { fields, unread };
}

function carrierOf(parameters: readonly Parameter[], names: readonly string[]): Parameter | undefined {
  for (const name of names) {
    const found = parameters.find((parameter) => parameter.value !== '' && parameter.name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parametersOf({ query, body = '' }: OutgoingPostback): readonly Parameter[] {
  const reading = readTextParameters(query, body, 'postback-tracker');
  return reading.ok ? reading.parameters : [];
}
