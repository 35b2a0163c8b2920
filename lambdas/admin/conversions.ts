import * as v from 'valibot';
import { hasClickIdShape } from '../domain/identifiers/click-id';
import { list, refusalOfFields, refusalOfParameter, type Answer } from './answer';
import { getCampaignConversions } from './campaign-conversions';
import { conversionView } from './conversion-view';
import { queryOf, readCursor, writeCursor } from './cursor';
import { canonicalClickId } from './postbacks';
import { readLimit, readParameters } from './query-parameters';
import type { RoutedRequest } from './request';
import type { Services } from './services';

/** What DynamoDB lets a sort key have. */
const maximumKeyLength = 1024;

const afterKey = v.strictObject({ after: v.pipe(v.string(), v.maxLength(maximumKeyLength)) });

/** Conversions of a click, or of a campaign: there is no index that would answer anything else. */
export async function getConversions(request: RoutedRequest, services: Services): Promise<Answer> {
  const byClick = request.query.has('clickId');
  if (byClick === request.query.has('campaign')) {
    const problem = byClick ? 'must not be given together with campaign' : 'must be given, or else campaign';
    throw refusalOfFields('PARAMETER_INVALID', 'The query string is wrong', [{ path: 'clickId', problem }]);
  }
  return byClick ? getClickConversions(request, services) : getCampaignConversions(request, services);
}

async function getClickConversions(request: RoutedRequest, { conversions }: Services): Promise<Answer> {
  const parameters = readParameters(request, ['clickId', 'limit', 'cursor']);
  const clickId = canonicalClickId(parameters.clickId ?? '');
  if (!hasClickIdShape(clickId)) throw refusalOfParameter('clickId', 'must be a click ID: 32 letters and digits');
  const query = queryOf('conversions', parameters);
  const position = readCursor(query, afterKey, parameters.cursor);
  const page = { ...position, limit: readLimit(parameters.limit) };
  const { conversions: found, more } = await conversions.ofClick(clickId, page, request.deadline);
  const last = found.at(-1);
  return list(found.map(conversionView), more && last ? writeCursor(query, { after: last.conversionKey }) : undefined);
}
