import * as v from 'valibot';
import { postbackFields } from '../../domain/presets';
import { reasons } from '../../domain/values/reasons';
import { field } from '../http/answer-schema';
import { conversionSummary } from '../log/view';
import { jsonSchemasOf } from './json-schema';
import { jsonContent, queryParameters } from './operation';

/** The answer to a postback. */
const verdict = v.strictObject({
  result: field.result,
  reason: field.reason,
  message: v.pipe(v.string(), v.description('What came of it and what to do next')),
  requestId: v.string(),
  conversion: v.optional(conversionSummary),
  warnings: field.warnings,
  fields: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          field: v.picklist(postbackFields),
          parameter: v.optional(v.string()),
          sent: v.optional(v.string()),
          readAs: v.optional(v.string()),
          assumed: v.optional(v.literal(true)),
        }),
      ),
      v.description('In a dry run: what came, and what it was read as'),
    ),
  ),
});

const batchReceipt = v.strictObject({
  ...verdict.entries,
  batchId: v.optional(v.string()),
  rows: v.optional(
    v.array(
      v.strictObject({
        row: field.count,
        requestId: v.string(),
        reason: field.reason,
        message: v.optional(v.string()),
      }),
    ),
  ),
});

const pong = v.strictObject({ result: v.literal('pong'), time: field.time });

const scriptClickAnswer = v.strictObject({
  clickId: v.pipe(v.string(), v.description('To be kept, and handed over in links')),
});

export const publicAnswers = {
  Verdict: verdict,
  BatchReceipt: batchReceipt,
  Pong: pong,
  ScriptClick: scriptClickAnswer,
} as const;

export const publicTag = {
  name: 'Clicks and postbacks',
  description: 'What visitors and senders call; none of it is signed with IAM credentials',
};

const text = (description: string) => v.optional(v.pipe(v.string(), v.description(description)));

/** The parameters by the names that the generic preset reads; an integration may have others, which its sheet lists. */
const postbackQuery = {
  clickid: text('The click ID, as it came to the landing page'),
  amount: text('An exact decimal: up to 12 digits before the point and 6 after it'),
  txid: text('The transaction ID: with it, two conversions of one click are two'),
  event: text('What happened; `conversion` where it is absent'),
  status: text('The status of the conversion'),
  currency: text('ISO 4217'),
  timestamp: text('Unix seconds or milliseconds, or ISO 8601 in UTC'),
  token: text('The token of the integration, where it asks for one; also as `Authorization: Bearer`'),
  dry_run: text('`1`: judge everything and record nothing'),
  test: text('`1`: record a conversion that reports omit'),
};

const clickQuery = {
  source: text('Where the click comes from'),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, text('Handed on as a macro')])),
  external_id: text("The source's own click ID"),
  cost: text('What the click cost'),
  test: text('`1`: what it leads to is a test'),
};

const tags = [publicTag.name];
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const freeBody = (...mediaTypes: readonly string[]) => ({
  required: false,
  content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: {} }])),
});

/** The same parameters as the query, and any other: an integration may read other names, and those of objects within a JSON body. */
const fieldsOfBody = {
  schema: { type: 'object', properties: jsonSchemasOf(postbackQuery, 'request'), additionalProperties: true },
};
const postbackBody = {
  required: false,
  description:
    'Read by its content, under any content type. Files in a multipart body are passed over. Up to 256 kB, also once decompressed.',
  content: {
    'application/x-www-form-urlencoded': fieldsOfBody,
    'multipart/form-data': fieldsOfBody,
    'application/json': fieldsOfBody,
  },
};
const contentEncoding = {
  name: 'Content-Encoding',
  in: 'header',
  description: 'How the body is compressed; gzip is also known by its first bytes',
  schema: { type: 'string', enum: ['gzip', 'deflate', 'br', 'identity'] },
};

/** A response for each status that a verdict may have, with the reasons that have it. */
function verdictResponses(name: keyof typeof publicAnswers): object {
  const byStatus = Map.groupBy(field.reason.options, (reason) => reasons[reason].httpStatus);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      { description: those.map((reason) => `\`${reason}\``).join(', '), content: jsonContent([name]) },
    ]),
  );
}

function postbackOperations(suffix: string, parameters: readonly object[]): object {
  const common = {
    tags,
    description:
      'Query, form, multipart and JSON body are merged. An integration may ask for another answer: a literal text, one for each result, or 200 for every rejection.',
    parameters: [...parameters, ...queryParameters(postbackQuery)],
    responses: verdictResponses('Verdict'),
    security: [],
  };
  return {
    get: { operationId: `sendPostback${suffix}`, summary: 'Reports a conversion', ...common },
    post: {
      operationId: `postPostback${suffix}`,
      summary: 'Reports a conversion, with its parameters in the query or in the body',
      ...common,
      parameters: [...common.parameters, contentEncoding],
      requestBody: postbackBody,
    },
  };
}

function clickOperation(operationId: string, summary: string): object {
  return {
    operationId,
    tags,
    summary,
    parameters: [inPath('campaign'), ...queryParameters(clickQuery)],
    responses: {
      '302': {
        description: 'To the offer, with the click ID in its URL; to the fallback URL where no offer takes the visitor',
        headers: { Location: { schema: { type: 'string' } } },
      },
      '404': { description: 'There is no such campaign, or it is paused, and no fallback URL is configured' },
      '503': {
        description:
          'The campaign could not be read, or a browser asked ahead of its visitor (`Sec-Purpose`): it is to ask again',
      },
    },
    security: [],
  };
}

const reportQuery = {
  clickid: text('The click ID; without it the newest cookie of a campaign of the integration counts'),
  event: postbackQuery.event,
  txid: text('The transaction ID: without it there is one report for each click and event'),
};

/** Returns the paths for visitors' browsers, where no server reports, and where no redirect leads to the offer. */
function browserPaths(): Readonly<Record<string, object>> {
  return {
    '/r/{integration}': {
      get: {
        operationId: 'reportByRedirect',
        tags,
        summary: 'Reports a conversion as pending, and redirects to a destination that the integration names',
        parameters: [
          inPath('integration'),
          ...queryParameters({ ...reportQuery, to: text('The name of the destination, where there are several') }),
        ],
        responses: {
          '302': { description: 'To the destination, whatever came of the report' },
          '404': { description: 'There is no such integration or destination' },
          '503': { description: 'The destination could not be read, or a browser asked ahead of its visitor' },
        },
        security: [],
      },
    },
    '/p/{integration}.gif': {
      get: {
        operationId: 'reportByPixel',
        tags,
        summary: 'Reports a conversion as pending, and answers a transparent image of 43 bytes',
        parameters: [
          inPath('integration'),
          ...queryParameters({ ...reportQuery, debug: text('`1`: the verdict, where the campaign shows it') }),
        ],
        responses: {
          '200': { description: 'The image, whatever came of the report', content: { 'image/gif': { schema: {} } } },
        },
        security: [],
      },
    },
    '/t/{campaign}': {
      post: {
        operationId: 'recordClickByScript',
        tags,
        summary:
          'Records a click of a page that no redirect led to, for pages that the campaign names in `browser.origins`',
        parameters: [inPath('campaign')],
        requestBody: {
          required: true,
          description: 'JSON as plain text, up to 64 kB: browsers send that without asking first',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        responses: {
          '200': { description: 'The click is recorded', content: jsonContent(['ScriptClick']) },
          '400': { description: 'The body is not `{"page", "query"}`' },
          '403': { description: 'The campaign does not name the page, which cannot read this answer' },
          '404': { description: 'There is no such campaign, or it is paused' },
          '413': { description: 'The body is larger than 64 kB' },
          '503': { description: 'The click was not recorded' },
        },
        security: [],
      },
    },
    '/s/1/t.js': {
      get: {
        operationId: 'getScript',
        tags,
        summary: 'The script for landing pages. What this path returns never changes',
        parameters: [],
        responses: { '200': { description: 'The script', content: { 'text/javascript': { schema: {} } } } },
        security: [],
      },
    },
  };
}

/** The paths that visitors and senders call. */
export function publicPaths(): Readonly<Record<string, object>> {
  return {
    '/c/{campaign}': {
      get: clickOperation('click', 'Records a click and redirects to an offer of the campaign'),
      post: clickOperation(
        'postClick',
        'The same, as a beacon sends it: a form, a text or JSON in the body counts after the query',
      ),
    },
    '/postback': postbackOperations('', []),
    '/postback/{integration}': postbackOperations('OfIntegration', [inPath('integration')]),
    '/postbacks/{integration}': {
      post: {
        operationId: 'sendBatch',
        tags,
        summary: 'Reports up to 1,000 conversions: a JSON array, NDJSON, or CSV with a header line',
        parameters: [inPath('integration'), ...queryParameters({ token: postbackQuery.token })],
        requestBody: { ...freeBody('application/json', 'application/x-ndjson', 'text/csv'), required: true },
        responses: verdictResponses('BatchReceipt'),
        security: [],
      },
    },
    ...browserPaths(),
    '/ping': {
      get: {
        operationId: 'ping',
        tags,
        summary: 'Shows that the tracker is reachable',
        parameters: [],
        responses: { '200': { description: 'It is', content: jsonContent(['Pong']) } },
        security: [],
      },
    },
  };
}
